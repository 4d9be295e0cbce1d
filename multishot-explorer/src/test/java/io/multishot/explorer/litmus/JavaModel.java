package io.multishot.explorer.litmus;

import io.multishot.explorer.litmus.Candidate.Event;

/**
 * The memory model of Java as axioms over candidate executions, without regard to how the explorer works.
 *
 * <p>Volatile, release, acquire and opaque accesses and the fences follow RC11 (Lahav et al., PLDI 2017, section 3),
 * with release sequences as in C++20, plus the rule of JLS 17.4.4 that a volatile store synchronises with every
 * later volatile load. Plain accesses follow happens-before consistency (JLS 17.4.5) instead of coherence. A
 * load-load fence orders loads with later loads only, a store-store fence stores with later stores only. An axiom
 * on which the sources differ is a method of its own.
 */
final class JavaModel {
    private final Candidate candidate;
    private final Relation sb;
    private final Relation happensBefore;
    private final Relation coherentMo;
    private final Relation coherentRb;
    private final Relation coherentRf;
    private final Relation eco;
    private final Relation order;

    JavaModel(Candidate candidate) {
        this.candidate = candidate;
        sb = candidate.sb;
        long ordered = candidate.ordered;
        coherentMo = candidate.mo.within(ordered, ordered);
        coherentRf = candidate.rf.within(ordered, ordered);
        coherentRb = coherentRf.inverse().then(coherentMo);
        eco = coherentRf.or(coherentMo, coherentRb).closure();
        happensBefore = happensBefore();
        order = order();
    }

    /** The axioms on which all sources agree. */
    boolean isConsistent() {
        return happensBefore.isIrreflexive()
                && happensBefore.then(eco).isIrreflexive()
                && isHappensBeforeConsistent()
                && candidate.isAtomic()
                && sequentialOrder(false).isAcyclic()
                && order.or(candidate.data, candidate.control.within(-1, candidate.stores), candidate.rf)
                        .isAcyclic();
    }

    /**
     * RC11 and JAM: no cycle of program order and reads-from, so no load buffering, unless plain accesses take part.
     */
    boolean isFreeOfLoadBuffering() {
        return sb.within(candidate.ordered, candidate.ordered).or(coherentRf).isAcyclic();
    }

    /**
     * Lea's release/acquire mode, where causality is cumulative: reading a store puts it before the load whatever the
     * modes, and this composes with the order within the threads. RC11 asks for a release and an acquire on each way.
     */
    boolean respectsPrecedence() {
        Relation precedence = order.or(coherentRf).closure();
        return precedence.isIrreflexive() && precedence.then(eco).isIrreflexive();
    }

    /**
     * Lea's mixed modes: an acquire load after a volatile read-modify-write of its thread is ordered as if it were
     * volatile.
     */
    boolean ordersLoadsAfterUpdates() {
        return sequentialOrder(true).isAcyclic();
    }

    /** Tells whether two accesses conflict, one of them plain, without one happening before the other. */
    boolean hasRace() {
        Relation ordered = happensBefore.or(happensBefore.inverse());
        long plain = candidate.all(event -> event.kind() != 'F' && event.mode() == 'p');
        Relation conflicts = candidate.sameLocation.and(candidate.external);
        long accesses = candidate.loads | candidate.stores;
        return !conflicts
                .within(plain, candidate.stores)
                .or(conflicts.within(plain & candidate.stores, accesses))
                .minus(ordered)
                .isEmpty();
    }

    private boolean isHappensBeforeConsistent() {
        int size = candidate.events.size();
        for (int store = 0; store < size; store++) {
            for (int load = 0; load < size; load++) {
                if (candidate.rf.has(store, load)) {
                    if (happensBefore.has(load, store)) {
                        return false;
                    }
                    long between = happensBefore.row(store)
                            & happensBefore.inverse().row(load)
                            & candidate.sameLocation.row(load)
                            & candidate.stores;
                    if (between != 0) {
                        return false;
                    }
                }
            }
        }
        return agreesWithLastStores();
    }

    /** The last value of a location may not be one that was overwritten in happens-before. */
    private boolean agreesWithLastStores() {
        return happensBefore
                .inverse()
                .and(candidate.mo)
                .within(candidate.stores, candidate.stores)
                .isEmpty();
    }

    private boolean is(int event, char kind) {
        return candidate.events.get(event).kind() == kind;
    }

    private char mode(int event) {
        return candidate.events.get(event).mode();
    }

    private boolean acquires(int event) {
        return is(event, 'R') ? mode(event) == 'a' || mode(event) == 'v' : isFence(event, "fa");
    }

    private boolean releases(int event) {
        return is(event, 'W') ? mode(event) == 'r' || mode(event) == 'v' : isFence(event, "fr");
    }

    private boolean isFence(int event, String codes) {
        return is(event, 'F') && codes.indexOf(mode(event)) >= 0;
    }

    private long upTo(int event) {
        return sb.inverse().row(event) | 1L << event;
    }

    private long from(int event) {
        return sb.row(event) | 1L << event;
    }

    /** Returns the events that a reader of the store, or of a read-modify-write that replaced it, acquires. */
    private long released(int store) {
        long result = releases(store) ? upTo(store) : 0;
        for (int before = 0; before < candidate.events.size(); before++) {
            if (sb.has(before, store)) {
                if (isFence(before, "fr")) {
                    result |= upTo(before);
                } else if (isFence(before, "s")) {
                    result |= beforeStoreStore(before);
                }
            }
        }
        return result;
    }

    private long beforeStoreStore(int fence) {
        long result = sb.inverse().row(fence) & candidate.stores;
        for (int event = 0; event < candidate.events.size(); event++) {
            if (sb.has(event, fence)) {
                if (releases(event)) {
                    result |= upTo(event);
                } else if (is(event, 'R') && acquires(event)) {
                    result |= 1L << event;
                } else if (isFence(event, "a")) {
                    result |= upTo(event) & (candidate.loads | candidate.fences);
                }
            }
        }
        return result;
    }

    /** Returns the events that come after those that the load, or an acquiring fence behind it, learns of. */
    private long acquired(int load) {
        long result = acquires(load) ? from(load) : 0;
        for (int after = 0; after < candidate.events.size(); after++) {
            if (sb.has(load, after)) {
                if (isFence(after, "fa")) {
                    result |= from(after);
                } else if (isFence(after, "l")) {
                    result |= sb.row(after) & candidate.loads;
                }
            }
        }
        for (int event = 0; event < candidate.events.size(); event++) {
            if ((result >>> event & 1) != 0 && acquires(event)) {
                result |= from(event);
            }
        }
        return result;
    }

    private Relation happensBefore() {
        int size = candidate.events.size();
        Relation across = new Relation(size);
        across.addAll(candidate.initial, ~candidate.initial & (1L << size) - 1);
        Relation sequences = candidate.rf.then(candidate.rmw).closure().orSame(candidate.stores);
        Relation observes = sequences.then(candidate.rf).and(candidate.external);
        for (int store = 0; store < size; store++) {
            for (int load = 0; load < size; load++) {
                if (observes.has(store, load)) {
                    across.addAll(released(store), acquired(load));
                    addLaterVolatiles(across, store, load);
                }
            }
        }
        return sb.or(across.closure());
    }

    /** JLS 17.4.4: a volatile store synchronises with all later volatile loads, not with those only that read it. */
    private void addLaterVolatiles(Relation across, int store, int load) {
        if (mode(store) == 'v' && mode(load) == 'v') {
            for (int earlier = 0; earlier < candidate.events.size(); earlier++) {
                if (candidate.mo.has(earlier, store) && mode(earlier) == 'v') {
                    across.addAll(upTo(earlier), from(load));
                }
            }
        }
    }

    /** RC11's psc: the order that volatile accesses and full fences have to have. */
    private Relation sequentialOrder(boolean withLoadsAfterUpdates) {
        long accesses = candidate.all(event -> event.kind() != 'F' && event.mode() == 'v');
        if (withLoadsAfterUpdates) {
            accesses |= loadsAfterUpdates();
        }
        long fences = candidate.all(event -> event.kind() == 'F' && event.mode() == 'f');
        Relation elsewhere = sb.minus(candidate.sameLocation);
        Relation base = sb.or(
                elsewhere.then(happensBefore).then(elsewhere),
                happensBefore.and(candidate.sameLocation),
                coherentMo,
                coherentRb);
        Relation before = happensBefore.orSame(-1).within(fences, -1).or(new Relation(sb.size()).orSame(accesses));
        Relation after = happensBefore.orSame(-1).within(-1, fences).or(new Relation(sb.size()).orSame(accesses));
        Relation byFences =
                happensBefore.or(happensBefore.then(eco).then(happensBefore)).within(fences, fences);
        return before.then(base).then(after).or(byFences);
    }

    private long loadsAfterUpdates() {
        long result = 0;
        long updates = candidate.all(event -> event.replaces() && event.mode() == 'v');
        for (int event = 0; event < sb.size(); event++) {
            if (is(event, 'R') && acquires(event) && (sb.inverse().row(event) & updates) != 0) {
                result |= 1L << event;
            }
        }
        return result;
    }

    /** Returns the order within a thread that other threads see: Lea's local precedence. */
    private Relation order() {
        Relation result = new Relation(sb.size()).or(candidate.rmw);
        for (int a = 0; a < sb.size(); a++) {
            for (int b = 0; b < sb.size(); b++) {
                if (sb.has(a, b) && (acquires(a) || releases(b) || bothVolatile(a, b) || fenced(a, b))) {
                    result.add(a, b);
                }
            }
        }
        return result;
    }

    private boolean bothVolatile(int a, int b) {
        Event first = candidate.events.get(a);
        Event second = candidate.events.get(b);
        return first.kind() != 'F' && second.kind() != 'F' && first.mode() == 'v' && second.mode() == 'v';
    }

    private boolean fenced(int a, int b) {
        for (int fence = 0; fence < sb.size(); fence++) {
            if (sb.has(a, fence) && sb.has(fence, b)) {
                boolean orders = switch (is(fence, 'F') ? mode(fence) : '-') {
                    case 'f' -> true;
                    case 'a' -> is(a, 'R');
                    case 'r' -> is(b, 'W');
                    case 'l' -> is(a, 'R') && is(b, 'R');
                    case 's' -> is(a, 'W') && is(b, 'W');
                    default -> false;
                };
                if (orders) {
                    return true;
                }
            }
        }
        return false;
    }
}
