package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Runs shapes of two threads from {@code docs/litmus.md} on the processor: an outcome that the explorer does not find
 * is forbidden here. Those marked as interesting show on x86-64.
 */
public class LitmusStress {
    private static final VarHandle X =
            ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), "x", VarHandle.class, Variables.class, int.class);
    private static final VarHandle Y =
            ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), "y", VarHandle.class, Variables.class, int.class);

    static class Variables {
        int x;
        int y;
    }

    /** SB pp. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "both loads overtake")
    @Outcome(expect = ACCEPTABLE, desc = "in turn")
    @State
    public static class StoreBufferingPlain extends Variables {
        @Actor
        public void first(II_Result r) {
            x = 1;
            r.r1 = y;
        }

        @Actor
        public void second(II_Result r) {
            y = 1;
            r.r2 = x;
        }
    }

    /** SB ra. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "both loads overtake")
    @Outcome(expect = ACCEPTABLE, desc = "in turn")
    @State
    public static class StoreBufferingReleaseAcquire extends Variables {
        @Actor
        public void first(II_Result r) {
            X.setRelease(this, 1);
            r.r1 = (int) Y.getAcquire(this);
        }

        @Actor
        public void second(II_Result r) {
            Y.setRelease(this, 1);
            r.r2 = (int) X.getAcquire(this);
        }
    }

    /** SB vv. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "volatile accesses have one order")
    @Outcome(expect = ACCEPTABLE, desc = "in turn")
    @State
    public static class StoreBufferingVolatile extends Variables {
        @Actor
        public void first(II_Result r) {
            X.setVolatile(this, 1);
            r.r1 = (int) Y.getVolatile(this);
        }

        @Actor
        public void second(II_Result r) {
            Y.setVolatile(this, 1);
            r.r2 = (int) X.getVolatile(this);
        }
    }

    /** SB+full fences. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "a full fence is between")
    @Outcome(expect = ACCEPTABLE, desc = "in turn")
    @State
    public static class StoreBufferingFullFences extends Variables {
        @Actor
        public void first(II_Result r) {
            X.setOpaque(this, 1);
            VarHandle.fullFence();
            r.r1 = (int) Y.getOpaque(this);
        }

        @Actor
        public void second(II_Result r) {
            Y.setOpaque(this, 1);
            VarHandle.fullFence();
            r.r2 = (int) X.getOpaque(this);
        }
    }

    /** MP ra. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "the acquire load has what was before the release store")
    @Outcome(expect = ACCEPTABLE, desc = "in turn")
    @State
    public static class MessagePassingReleaseAcquire extends Variables {
        @Actor
        public void first() {
            X.setOpaque(this, 1);
            Y.setRelease(this, 1);
        }

        @Actor
        public void second(II_Result r) {
            r.r1 = (int) Y.getAcquire(this);
            r.r2 = (int) X.getOpaque(this);
        }
    }

    /** R oo: the second thread's load overtakes its store, which is the last one. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE_INTERESTING, desc = "the load overtakes")
    @Outcome(expect = ACCEPTABLE, desc = "in turn")
    @State
    public static class StoreAndLoadOpaque extends Variables {
        @Actor
        public void first() {
            X.setOpaque(this, 1);
            Y.setOpaque(this, 1);
        }

        @Actor
        public void second(II_Result r) {
            Y.setOpaque(this, 2);
            r.r1 = (int) X.getOpaque(this);
        }

        @Arbiter
        public void last(II_Result r) {
            r.r2 = y;
        }
    }

    /** R vv. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = FORBIDDEN, desc = "volatile accesses have one order")
    @Outcome(expect = ACCEPTABLE, desc = "in turn")
    @State
    public static class StoreAndLoadVolatile extends Variables {
        @Actor
        public void first() {
            X.setVolatile(this, 1);
            Y.setVolatile(this, 1);
        }

        @Actor
        public void second(II_Result r) {
            Y.setVolatile(this, 2);
            r.r1 = (int) X.getVolatile(this);
        }

        @Arbiter
        public void last(II_Result r) {
            r.r2 = y;
        }
    }
}
