package io.multishot.tck.soak;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Merges the logs of one batch when all its threads have ended, and gives each of its rounds its one ending. */
final class Ledger {
    private final Notes[] rounds;
    private final Books books;
    private final Map<Integer, Integer> receiverRevokes = new HashMap<>();
    private final Map<Integer, Integer> lastByLine = new HashMap<>();
    private final Set<Integer> lastRounds = new HashSet<>();

    Ledger(int count, Books books) {
        this.books = books;
        rounds = new Notes[count];
        for (int i = 0; i < count; i++) {
            rounds[i] = new Notes();
        }
    }

    void add(Log log) {
        log.forEach((event, subject, detail) -> {
            books.add(event);
            if (event == Event.RECEIVER_REVOKED) {
                receiverRevokes.merge(subject, 1, Integer::sum);
            } else if (!event.isAboutReceiver()) {
                rounds[subject].add(event, detail);
            }
        });
    }

    /** The last round of a receiver: checked only now, since its senders may have released it until they ended. */
    void addLast(Round last) {
        Event left = last.look();
        books.add(left);
        rounds[last.id()].add(left, 0);
        lastRounds.add(last.id());
    }

    void audit() {
        for (int id = 0; id < rounds.length; id++) {
            if (lastRounds.contains(id)) {
                lastByLine.put(rounds[id].line(), id);
            } else {
                settle(id, Ending.of(rounds[id], false));
            }
        }
        lastByLine.forEach((line, id) -> settle(id, endingOfLast(line, rounds[id])));
        receiverRevokes.forEach((line, more) -> {
            if (more != 0) {
                books.complain("receiver " + line + " says that it revoked " + more + " rounds more than it has");
            }
        });
    }

    /** A last round that was ended by its receiver was revoked if that accounts for one more of the revokes. */
    private Ending endingOfLast(int line, Notes round) {
        Ending ending = Ending.of(round, true);
        boolean revoked = round.left() == Event.LEFT_REVOKED && receiverRevokes.getOrDefault(line, 0) > 0;
        return ending == Ending.ENDED_BY_CLOSE && revoked ? Ending.REVOKED_BY_RECEIVER : ending;
    }

    private void settle(int id, Ending ending) {
        Notes round = rounds[id];
        if (ending == Ending.REVOKED_BY_RECEIVER) {
            receiverRevokes.merge(round.line(), -1, Integer::sum);
        }
        if (ending == null || !ending.agreesWith(round)) {
            books.complain("round " + id + " of receiver " + round.line() + ": "
                    + (ending == null ? "no ending fits" : ending.title()) + ", but noted is " + round);
        }
        if (ending != null) {
            books.add(ending);
        }
    }
}
