package io.multishot.explorer.litmus;

import io.multishot.explorer.litmus.Candidate.Event;

/**
 * The behaviour of processors on the instructions that HotSpot selects, as axioms over the same candidate executions.
 * Compilers are taken to reorder nothing, so an outcome that no processor shows may still be seen.
 */
enum Hardware {
    /** x86-TSO (Owens, Sarkar and Sewell 2009): a volatile store is followed by a locked instruction. */
    X86("x86-64") {
        @Override
        boolean allows(Candidate c, Relation fenced) {
            long updates = c.all(Event::replaces);
            Relation order = new Relation(c.sb.size());
            for (int a = 0; a < c.sb.size(); a++) {
                for (int b = 0; b < c.sb.size(); b++) {
                    if (c.sb.has(a, b) && !(isStore(c, a) && isLoad(c, b) && !locked(c, a, b, updates))) {
                        order.add(a, b);
                    }
                }
            }
            Relation accesses = order.within(c.loads | c.stores, c.loads | c.stores);
            return accesses.or(c.rf.and(c.external), c.mo, c.rb).isAcyclic();
        }

        private boolean locked(Candidate c, int a, int b, long updates) {
            for (int event = a; event <= b; event++) {
                Event e = c.events.get(event);
                boolean barrier = (e.kind() == 'F' && e.mode() == 'f')
                        || ((updates >>> event) & 1) != 0
                        || (event < b && e.kind() == 'W' && e.mode() == 'v');
                if (barrier) {
                    return true;
                }
            }
            return ((updates >>> (b + 1)) & 1) != 0;
        }
    },
    /**
     * ARMv8 (Pulte et al. 2018, figure 4): stlr for volatile and release, ldar for volatile and acquire, ldaxr and
     * stlxr.
     */
    ARMV8("ARMv8") {
        @Override
        boolean allows(Candidate c, Relation fenced) {
            Relation external = c.external;
            Relation observed = c.rf.and(external).or(c.rb.and(external), c.mo.and(external));
            Relation internalRf = c.rf.minus(external);
            Relation dependencies = c.data.or(
                    c.control.within(-1, c.stores),
                    c.data.then(internalRf),
                    c.data.or(c.control).then(c.mo.minus(external)));
            long acquire = c.all(event -> event.kind() == 'R' && (event.mode() == 'a' || event.mode() == 'v'));
            long release = c.all(event -> event.kind() == 'W' && (event.mode() == 'r' || event.mode() == 'v'));
            Relation atomic = c.rmw.or(internalRf.within(c.all(Event::replaces), acquire));
            Relation barriers =
                    fenced.or(c.sb.within(acquire, -1), c.sb.within(-1, release), c.sb.within(release, acquire));
            return observed.or(dependencies, atomic, barriers).isAcyclic();
        }
    },
    /** RVWMO (RISC-V manual, chapter "RVWMO"): fences around accesses, as HotSpot places them; lr.aq and sc.rl. */
    RISCV("RISC-V") {
        @Override
        boolean allows(Candidate c, Relation fenced) {
            long acquire = c.all(event -> event.kind() == 'R' && (event.mode() == 'a' || event.mode() == 'v'));
            long release = c.all(event -> event.kind() == 'W' && (event.mode() == 'r' || event.mode() == 'v'));
            long volatileStore = c.all(event -> event.kind() == 'W' && event.mode() == 'v');
            Relation internalRf = c.rf.minus(c.external);
            Relation sameAddress = c.sb.and(c.sameLocation).within(-1, c.stores);
            Relation sameSource = c.rf.inverse().then(c.rf);
            Relation reads = c.sb.and(c.sameLocation)
                    .within(c.loads, c.loads)
                    .minus(sameSource)
                    .minus(internal(c));
            Relation order = fenced.or(
                    c.sb.within(acquire, -1),
                    c.sb.within(-1, release),
                    c.sb.within(volatileStore, -1),
                    c.data,
                    c.control.within(-1, c.stores),
                    c.data.then(internalRf),
                    sameAddress,
                    reads,
                    internalRf.within(c.all(Event::replaces), -1),
                    c.rmw);
            return order.or(c.rf.and(c.external), c.mo, c.rb).isAcyclic();
        }

        // Loads that a store of their own thread parts, of which the later reads that store.
        private Relation internal(Candidate c) {
            Relation parted = c.sb.and(c.sameLocation).within(c.loads, c.stores);
            return parted.then(c.rf.minus(c.external));
        }
    };

    final String title;

    Hardware(String title) {
        this.title = title;
    }

    /** Tells whether the processor can show the candidate. */
    boolean allows(Candidate candidate) {
        boolean coherent = candidate
                .sb
                .and(candidate.sameLocation)
                .or(candidate.rf, candidate.mo, candidate.rb)
                .isAcyclic();
        return coherent && candidate.isAtomic() && allows(candidate, fenced(candidate));
    }

    abstract boolean allows(Candidate candidate, Relation fenced);

    /** The pairs that a fence between them orders. */
    private static Relation fenced(Candidate c) {
        Relation result = new Relation(c.sb.size());
        for (int fence = 0; fence < c.sb.size(); fence++) {
            if (c.events.get(fence).kind() == 'F') {
                long before = c.sb.inverse().row(fence);
                long after = c.sb.row(fence);
                switch (c.events.get(fence).mode()) {
                    case 'f' -> result.addAll(before, after);
                    case 'r' -> result.addAll(before, after & c.stores);
                    case 's' -> result.addAll(before & c.stores, after & c.stores);
                    case 'l' -> result.addAll(before & c.loads, after & c.loads);
                    default -> result.addAll(before & c.loads, after);
                }
            }
        }
        return result;
    }

    private static boolean isStore(Candidate c, int event) {
        return c.events.get(event).kind() == 'W';
    }

    private static boolean isLoad(Candidate c, int event) {
        return c.events.get(event).kind() == 'R';
    }
}
