package io.multishot.explorer.litmus;

import io.multishot.explorer.litmus.Candidate.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Enumerates the candidate executions of a program: guesses what each load reads, finds stores of that value, and
 * orders the stores of each location in every way.
 */
final class Candidates {
    private final Program program;
    private final Consumer<Candidate> consumer;
    private final int locations;

    private Candidates(Program program, Consumer<Candidate> consumer) {
        this.program = program;
        this.consumer = consumer;
        int last = 0;
        for (Op op : program.threads().stream().flatMap(List::stream).toList()) {
            last = Math.max(last, op.location());
        }
        for (char observed : program.finals().toCharArray()) {
            last = Math.max(last, Op.LOCATIONS.indexOf(observed));
        }
        locations = last + 1;
    }

    static void of(Program program, Consumer<Candidate> consumer) {
        int values = values(program);
        List<List<ThreadPath>> paths = new ArrayList<>();
        for (int thread = 0; thread < program.threads().size(); thread++) {
            paths.add(ThreadPath.through(program, thread, values));
        }
        new Candidates(program, consumer).combine(paths, new ArrayList<>());
    }

    /** No store is of a greater value than the greatest constant with all additions on top. */
    private static int values(Program program) {
        int greatest = 0;
        int added = 0;
        for (Op op : program.threads().stream().flatMap(List::stream).toList()) {
            int first = Op.isRegister(op.first()) ? 0 : op.first() - '0';
            int second = Op.isRegister(op.second()) ? 0 : op.second() - '0';
            greatest = Math.max(greatest, Math.max(first, second));
            added += op.kind() == Op.Kind.ADD ? first : 0;
        }
        return greatest + added + 1;
    }

    private void combine(List<List<ThreadPath>> paths, List<ThreadPath> chosen) {
        if (chosen.size() == paths.size()) {
            new Combination(chosen).chooseSource(0);
            return;
        }
        for (ThreadPath path : paths.get(chosen.size())) {
            chosen.add(path);
            combine(paths, chosen);
            chosen.remove(chosen.size() - 1);
        }
    }

    /** The candidates of one path for each thread. */
    private final class Combination {
        private final List<ThreadPath> chosen;
        private final List<Event> events = new ArrayList<>();
        private final int[] sources;
        private final List<List<Integer>> orders = new ArrayList<>();

        Combination(List<ThreadPath> chosen) {
            this.chosen = chosen;
            for (int location = 0; location < locations; location++) {
                events.add(new Event(-1, 'W', 'o', location, 0, false, 0, 0));
            }
            chosen.forEach(path -> events.addAll(path.events()));
            sources = new int[events.size()];
        }

        void chooseSource(int at) {
            if (at == events.size()) {
                chooseOrder();
                return;
            }
            Event load = events.get(at);
            if (load.kind() != 'R') {
                chooseSource(at + 1);
                return;
            }
            for (int store = 0; store < events.size(); store++) {
                if (isStore(store, load.location()) && events.get(store).value() == load.value()) {
                    sources[at] = store;
                    chooseSource(at + 1);
                }
            }
        }

        private boolean isStore(int event, int location) {
            return events.get(event).kind() == 'W' && events.get(event).location() == location;
        }

        private void chooseOrder() {
            int location = orders.size();
            if (location == locations) {
                consumer.accept(candidate());
                return;
            }
            List<Integer> order = new ArrayList<>(List.of(location));
            orders.add(order);
            place(location, order);
            orders.remove(orders.size() - 1);
        }

        /** Puts each store that has no place yet at the end of the order; the initial store is the first one. */
        private void place(int location, List<Integer> order) {
            boolean isComplete = true;
            for (int store = locations; store < events.size(); store++) {
                if (isStore(store, location) && !order.contains(store)) {
                    isComplete = false;
                    order.add(store);
                    place(location, order);
                    order.subList(order.size() - 1, order.size()).clear();
                }
            }
            if (isComplete) {
                chooseOrder();
            }
        }

        private Candidate candidate() {
            Relation rf = new Relation(events.size());
            Relation mo = new Relation(events.size());
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i).kind() == 'R') {
                    rf.add(sources[i], i);
                }
            }
            for (List<Integer> order : orders) {
                for (int i = 0; i < order.size(); i++) {
                    for (int j = i + 1; j < order.size(); j++) {
                        mo.add(order.get(i), order.get(j));
                    }
                }
            }
            return new Candidate(events, outcome(), rf, mo);
        }

        private String outcome() {
            List<String> parts = new ArrayList<>();
            for (int register = 0; register < program.registers(); register++) {
                int value = -1;
                for (ThreadPath path : chosen) {
                    value = Math.max(value, path.registers().get(register));
                }
                parts.add(value < 0 ? "-" : "" + value);
            }
            for (char observed : program.finals().toCharArray()) {
                List<Integer> order = orders.get(Op.LOCATIONS.indexOf(observed));
                parts.add("" + events.get(order.get(order.size() - 1)).value());
            }
            return String.join(",", parts);
        }
    }
}
