package io.multishot.explorer.litmus;

import io.multishot.explorer.litmus.Candidate.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A way through a thread by guessed values of its loads.
 *
 * @param events the events in order
 * @param registers the values of all registers of the program; -1 for one that this path does not write
 */
record ThreadPath(List<Event> events, List<Integer> registers) {
    /**
     * The ways through a thread.
     *
     * @param program the program
     * @param thread the number of the thread
     * @param values the number of values to guess, from 0
     */
    static List<ThreadPath> through(Program program, int thread, int values) {
        int[] registers = new int[program.registers()];
        Arrays.fill(registers, -1);
        Walk walk = new Walk(program.threads().get(thread), thread, values);
        walk.on(0, registers, new long[registers.length], 0);
        return walk.found;
    }

    /** Registers, sources and control are those before the operation; sources are the loads behind the registers. */
    private static final class Walk {
        private final List<Op> code;
        private final int thread;
        private final int values;
        private final List<Event> events = new ArrayList<>();
        private final List<ThreadPath> found = new ArrayList<>();

        Walk(List<Op> code, int thread, int values) {
            this.code = code;
            this.thread = thread;
            this.values = values;
        }

        void on(int at, int[] registers, long[] sources, long control) {
            if (at == code.size()) {
                found.add(new ThreadPath(
                        List.copyOf(events), Arrays.stream(registers).boxed().toList()));
                return;
            }
            Op op = code.get(at);
            switch (op.kind()) {
                case ONLY_IF -> {
                    boolean holds = registers[op.register()] == op.first() - '0';
                    on(holds ? at + 1 : code.size(), registers, sources, control | sources[op.register()]);
                }
                case FENCE -> {
                    Event fence = new Event(thread, 'F', op.mode(), -1, 0, false, 0, control);
                    with(fence, at, registers, sources, control);
                }
                case STORE -> {
                    int value = value(op.first(), registers);
                    Event store = store(op, value, false, source(op.first(), sources), control);
                    with(store, at, registers, sources, control);
                }
                default -> {
                    for (int value = 0; value < values; value++) {
                        read(at, op, value, registers, sources, control);
                    }
                }
            }
        }

        private void with(Event event, int at, int[] registers, long[] sources, long control) {
            events.add(event);
            on(at + 1, registers, sources, control);
            events.remove(events.size() - 1);
        }

        private void read(int at, Op op, int value, int[] registers, long[] sources, long control) {
            long place = 1L << events.size();
            boolean compares = op.kind() == Op.Kind.CAS || op.kind() == Op.Kind.WEAK_CAS;
            boolean matches = !compares || value == value(op.first(), registers);
            boolean isWeak = op.kind() == Op.Kind.WEAK_CAS;
            long[] newSources = sources.clone();
            newSources[op.register()] = place;
            events.add(new Event(thread, 'R', op.loadMode(), op.location(), value, false, 0, control));
            if (op.kind() == Op.Kind.LOAD || !matches || isWeak) {
                on(at + 1, with(registers, op.register(), isWeak ? 0 : value), newSources, control);
            }
            if (op.isUpdate() && matches) {
                boolean adds = op.kind() == Op.Kind.ADD;
                char operand = compares ? op.second() : op.first();
                int stored = value(operand, registers) + (adds ? value : 0);
                long data = source(operand, sources) | (adds ? place : 0);
                Event store = store(op, stored, true, data, control | (compares ? place : 0));
                with(store, at, with(registers, op.register(), isWeak ? 1 : value), newSources, control);
            }
            events.remove(events.size() - 1);
        }

        private Event store(Op op, int value, boolean replaces, long data, long control) {
            return new Event(thread, 'W', op.storeMode(), op.location(), value, replaces, data, control);
        }

        private static int[] with(int[] registers, int register, int value) {
            int[] result = registers.clone();
            result[register] = value;
            return result;
        }

        private static int value(char operand, int[] registers) {
            return Op.isRegister(operand) ? registers[operand - 'a'] : operand - '0';
        }

        private static long source(char operand, long[] sources) {
            return Op.isRegister(operand) ? sources[operand - 'a'] : 0;
        }
    }
}
