package io.multishot.explorer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the execution under way, and which of them race: two steps of different threads that depend on each
 * other, the second of which could as well have come first. For each race, the choice before its first step has to try
 * a thread that leads to the other order: these are source sets, see Abdulla, Aronis, Jonsson and Sagonas, "Optimal
 * Dynamic Partial Order Reduction" (POPL 2014).
 */
final class Races {
    /**
     * A step that was made.
     *
     * @param thread the thread that made it
     * @param time its number among the steps of its thread
     * @param step what it did
     * @param failed whether it tried to enter a monitor in vain
     * @param past itself and the steps that it depends on
     * @param choice the choice that let it go next; null if nothing was to be chosen
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares events
    private record Event(
            int thread,
            int time,
            Step step,
            boolean failed,
            int[] past,
            @Nullable Schedule choice) {
        boolean isIn(int[] clock) {
            return time <= Clocks.at(clock, thread);
        }
    }

    private final List<Event> events = new ArrayList<>();

    /**
     * Adds the step that the thread makes.
     *
     * @param before the steps that it depends on in any case, since its thread made them or knows of them
     * @param isNew whether no execution before had the step at this place
     */
    void add(LogicalThread thread, Step step, int[] before, @Nullable Schedule choice, boolean isNew) {
        // A try to enter a monitor, as any other step that touches it meanwhile, finds another thread inside.
        boolean failed = step.touched() instanceof Monitor monitor && monitor.owner != null && monitor.owner != thread;
        Event event = new Event(thread.id, thread.time(), step, failed, thread.past, choice);
        if (isNew && choice != null) {
            reverseRaces(event, before);
        }
        events.add(event);
    }

    private void reverseRaces(Event event, int[] before) {
        int[] covered = before;
        for (int i = events.size() - 1; i >= 0; i--) {
            Event earlier = events.get(i);
            if (earlier.thread == event.thread || earlier.isIn(covered) || earlier.step.commutesWith(event.step)) {
                continue;
            }
            boolean aboutMonitor = event.step.entersWhenFree() && earlier.step.touched() == event.step.touched();
            if (aboutMonitor && earlier.step.blocking() == Step.Blocking.LEAVE) {
                continue; // it cannot come before that; the race is with the step that entered
            }
            reverse(i, event, before);
            if (!aboutMonitor || !earlier.failed) {
                covered = Clocks.joined(covered, earlier.past);
            }
        }
    }

    /**
     * Has an execution made in which the event comes before the one of the index. Where it depends on more than races
     * whether the event can be made there, every thread is tried.
     */
    private void reverse(int index, Event event, int[] before) {
        Event earlier = events.get(index);
        Schedule choice = earlier.choice;
        if (choice == null) {
            return;
        }
        if (!event.step.isReadyOrEnters()) {
            choice.wantAll();
            return;
        }
        // What is made before the event in that execution: all that does not depend on the earlier one. A thread can go
        // first if its first step there depends on none of the others.
        int[] first = Clocks.ZERO;
        BitSet initials = new BitSet();
        int[] past = before;
        for (Event other : events.subList(index + 1, events.size())) {
            if (earlier.isIn(other.past)) {
                continue;
            }
            if (Clocks.at(first, other.thread) == 0) {
                if (dependsOnNone(other.past, first)) {
                    initials.set(other.thread);
                }
                first = Clocks.with(first.clone(), other.thread, other.time);
            }
            if (!other.step.commutesWith(event.step)) {
                past = Clocks.joined(past, other.past);
            }
        }
        if (Clocks.at(first, event.thread) == 0 && dependsOnNone(past, first)) {
            initials.set(event.thread);
        }
        choice.wantOne(initials, event.thread);
    }

    private static boolean dependsOnNone(int[] past, int[] first) {
        for (int thread = 0; thread < first.length; thread++) {
            if (first[thread] != 0 && Clocks.at(past, thread) >= first[thread]) {
                return false;
            }
        }
        return true;
    }
}
