package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The choices of the execution under way, and at each which alternatives are still to be tried: depth first. */
final class ChoicePath {
    private final List<Choice> choices = new ArrayList<>();
    private int depth;

    /** Before which depth the choices are those of the execution before. */
    private int known;

    private @Nullable Schedule lastSchedule;

    /** Chooses where no earlier execution did; null for the first alternative. */
    private final @Nullable Random random;

    ChoicePath(@Nullable Random random) {
        this.random = random;
    }

    /** Before each execution. */
    void rewind() {
        depth = 0;
        known = choices.size() - 1;
        lastSchedule = null;
    }

    /** The next choice, if it was made in an earlier execution already. */
    @Nullable
    Choice replayed() {
        return depth < choices.size() ? choices.get(depth) : null;
    }

    void add(Choice choice) {
        if (random != null) {
            choice.choose(random.nextInt(choice.alternatives()));
        }
        choices.add(choice);
    }

    /** Goes past the next choice. */
    void pass(Choice choice) {
        depth++;
        if (choice instanceof Schedule schedule) {
            lastSchedule = schedule;
        }
    }

    @Nullable
    Schedule lastSchedule() {
        return lastSchedule;
    }

    /** Chooses one of some alternatives that are not threads. */
    int choose(int alternatives) {
        if (alternatives == 1) {
            return 0;
        }
        Choice choice = replayed();
        if (choice == null) {
            choice = new Choice(alternatives);
            add(choice);
        } else if (choice instanceof Schedule || choice.alternatives() != alternatives) {
            throw new NondeterminismException("another number of values to read");
        }
        pass(choice);
        return choice.chosen();
    }

    /** Tells whether the last choice was made for the first time, or anew. */
    boolean isNew() {
        return depth > known;
    }

    /** Forgets every choice. */
    void clear() {
        choices.clear();
    }

    /** Turns to the next execution; false if all were made. */
    boolean advance() {
        if (random != null) {
            choices.clear();
            return true;
        }
        while (!choices.isEmpty()) {
            Choice last = choices.get(choices.size() - 1);
            if (last.advance()) {
                return true;
            }
            choices.remove(choices.size() - 1);
        }
        return false;
    }
}
