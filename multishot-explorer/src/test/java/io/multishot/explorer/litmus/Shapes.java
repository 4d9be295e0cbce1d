package io.multishot.explorer.litmus;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table of shapes. The names are those of Alglave, Maranget and Tautschnig, "Herding cats" (2014); the letters
 * after a name are the modes of the accesses in the order of the program. A line has the name, the program, the
 * variables whose last values are observed, the outcome in question, what its source says of it, and the source.
 */
final class Shapes {
    static final Map<String, List<Shape>> GROUPS = groups();

    private Shapes() {}

    static List<Shape> all() {
        return GROUPS.values().stream().flatMap(List::stream).toList();
    }

    private static Shape parse(String line) {
        String[] cells = Arrays.stream(line.split("#", -1)).map(String::strip).toArray(String[]::new);
        Shape.Ruling ruling = Shape.Ruling.valueOf(cells[4].toUpperCase(Locale.ROOT));
        return new Shape(cells[0], Program.of(cells[1], cells[2]), cells[3], ruling, cells[5]);
    }

    private static Map<String, List<Shape>> groups() {
        Map<String, List<Shape>> groups = new LinkedHashMap<>();
        groups.put("Store buffering", lines(STORE_BUFFERING));
        groups.put("Message passing", lines(MESSAGE_PASSING));
        groups.put("Load buffering", lines(LOAD_BUFFERING));
        groups.put("Independent reads of independent writes", lines(INDEPENDENT_READS_OF_INDEPENDENT_WRITES));
        groups.put("Causality over three threads", lines(CAUSALITY_OVER_THREE_THREADS));
        groups.put("Orders of stores", lines(ORDERS_OF_STORES));
        groups.put("Coherence of one variable", lines(COHERENCE_OF_ONE_VARIABLE));
        groups.put("Release sequences", lines(RELEASE_SEQUENCES));
        groups.put("Atomicity of read-modify-writes", lines(ATOMICITY_OF_READ_MODIFY_WRITES));
        groups.put("Double-checked locking, and races", lines(DOUBLE_CHECKED_LOCKING));
        return groups;
    }

    private static List<Shape> lines(String table) {
        return table.lines().map(Shapes::parse).toList();
    }

    private static final String STORE_BUFFERING = """
            SB pp # x.p=1; r0=y.p || y.p=1; r1=x.p #  # 0,0 # allowed # JLS 17.4.5, table 17.4.5-A
            SB oo # x.o=1; r0=y.o || y.o=1; r1=x.o #  # 0,0 # allowed # Lea, Opaque mode
            SB ra # x.r=1; r0=y.a || y.r=1; r1=x.a #  # 0,0 # allowed # Lea, Release/Acquire mode
            SB ov # x.o=1; r0=y.v || y.o=1; r1=x.v #  # 0,0 # allowed # RC11, section 3
            SB rv # x.r=1; r0=y.v || y.r=1; r1=x.v #  # 0,0 # allowed # RC11, section 3
            SB vo # x.v=1; r0=y.o || y.v=1; r1=x.o #  # 0,0 # allowed # RC11, section 3
            SB va # x.v=1; r0=y.a || y.v=1; r1=x.a #  # 0,0 # allowed # Lea, Volatile mode, Mixed Modes
            SB vv # x.v=1; r0=y.v || y.v=1; r1=x.v #  # 0,0 # forbidden # Lea, Volatile mode
            SB+full fences # x.o=1; fence.full; r0=y.o || y.o=1; fence.full; r1=x.o\
                #  # 0,0 # forbidden # VarHandle, fence methods
            SB+acquire fences # x.o=1; fence.acquire; r0=y.o || y.o=1; fence.acquire; r1=x.o\
                #  # 0,0 # allowed # VarHandle, fence methods
            SB+release fences # x.o=1; fence.release; r0=y.o || y.o=1; fence.release; r1=x.o\
                #  # 0,0 # allowed # VarHandle, fence methods
            SB+loadLoad fences # x.o=1; fence.loadLoad; r0=y.o || y.o=1; fence.loadLoad; r1=x.o\
                #  # 0,0 # allowed # VarHandle, fence methods
            SB+storeStore fences # x.o=1; fence.storeStore; r0=y.o || y.o=1; fence.storeStore; r1=x.o\
                #  # 0,0 # allowed # VarHandle, fence methods
            SB+release and acquire fences # x.o=1; fence.release; fence.acquire; r0=y.o \
                || y.o=1; fence.release; fence.acquire; r1=x.o\
                #  # 0,0 # allowed # RC11, section 3
            SB+full fence and volatile # x.o=1; fence.full; r0=y.o || y.v=1; r1=x.v\
                #  # 0,0 # forbidden # RC11, section 3
            SB+full fence and release # x.o=1; fence.full; r0=y.o || y.r=1; r1=x.a\
                #  # 0,0 # allowed # RC11, section 3
            SB with volatile swaps # r2=x.swap.v(1); r0=y.v || r3=y.swap.v(1); r1=x.v\
                #  # 0,0,0,0 # forbidden # JLS 17.4.4, 17.4.5
            SB with volatile CAS, acquire loads # r2=x.cas.v(0,1); r0=y.a || r3=y.cas.v(0,1); r1=x.a\
                #  # 0,0,0,0 # open # Lea, Volatile mode, Mixed Modes
            SB with volatile CAS, opaque loads # r2=x.cas.v(0,1); r0=y.o || r3=y.cas.v(0,1); r1=x.o\
                #  # 0,0,0,0 # allowed # RC11, section 3
            SB release, full fence, acquire # x.r=1; fence.full; r0=y.a || y.r=1; fence.full; r1=x.a\
                #  # 0,0 # forbidden # Lea, Volatile mode, Mixed Modes
            SB with release swaps # r2=x.swap.r(1); r0=y.a || r3=y.swap.r(1); r1=x.a\
                #  # 0,0,0,0 # allowed # Lea, Release/Acquire mode
            SB with an RMW of another variable between # x.o=1; r2=z.swap.v(1); r0=y.v \
                || y.o=1; r3=w.swap.v(1); r1=x.v\
                #  # 0,0,0,0 # allowed # RC11, section 3
            """;

    private static final String MESSAGE_PASSING = """
            MP pppp # x.p=1; y.p=1 || r0=y.p; r1=x.p #  # 1,0 # allowed # JLS 17.4.5
            MP oooo # x.o=1; y.o=1 || r0=y.o; r1=x.o #  # 1,0 # allowed # Lea, Opaque mode
            MP orao # x.o=1; y.r=1 || r0=y.a; r1=x.o #  # 1,0 # forbidden # Lea, Release/Acquire mode
            MP prap # x.p=1; y.r=1 || r0=y.a; r1=x.p #  # 1,0 # forbidden # Lea, Release/Acquire mode
            MP oroo # x.o=1; y.r=1 || r0=y.o; r1=x.o #  # 1,0 # allowed # Lea, Release/Acquire mode
            MP ooao # x.o=1; y.o=1 || r0=y.a; r1=x.o #  # 1,0 # allowed # Lea, Release/Acquire mode
            MP ovao # x.o=1; y.v=1 || r0=y.a; r1=x.o #  # 1,0 # forbidden # Lea, Release/Acquire mode
            MP orvo # x.o=1; y.r=1 || r0=y.v; r1=x.o #  # 1,0 # forbidden # Lea, Release/Acquire mode
            MP pvvp # x.p=1; y.v=1 || r0=y.v; r1=x.p #  # 1,0 # forbidden # JLS 17.4.4
            MP vvvv # x.v=1; y.v=1 || r0=y.v; r1=x.v #  # 1,0 # forbidden # JLS 17.4.4
            MP vovv # x.v=1; y.o=1 || r0=y.v; r1=x.v #  # 1,0 # allowed # RC11, section 3
            MP voav # x.v=1; y.o=1 || r0=y.a; r1=x.v #  # 1,0 # allowed # RC11, section 3
            MP vrvv # x.v=1; y.r=1 || r0=y.v; r1=x.v #  # 1,0 # forbidden # Lea, Release/Acquire mode
            MP voov # x.v=1; y.o=1 || r0=y.o; r1=x.v #  # 1,0 # allowed # RC11, section 3
            MP v+o with an RMW before # r2=x.swap.v(1); y.o=1 || r0=y.v; r1=x.v #  # 1,0,0 # allowed # RC11, section 3
            MP plain load guarded # x.p=1; y.r=1 || r0=y.a; r0==1?; r1=x.p\
                #  # 1,0 # forbidden # Lea, Release/Acquire mode
            MP plain load guarded by an opaque load # x.p=1; y.r=1 || r0=y.o; r0==1?; r1=x.p\
                #  # 1,0 # allowed # Lea, Release/Acquire mode
            MP+release+acquire fences # x.o=1; fence.release; y.o=1 || r0=y.o; fence.acquire; r1=x.o\
                #  # 1,0 # forbidden # VarHandle, fence methods
            MP+storeStore+loadLoad fences # x.o=1; fence.storeStore; y.o=1 || r0=y.o; fence.loadLoad; r1=x.o\
                #  # 1,0 # forbidden # VarHandle, fence methods
            MP+full+full fences # x.o=1; fence.full; y.o=1 || r0=y.o; fence.full; r1=x.o\
                #  # 1,0 # forbidden # VarHandle, fence methods
            MP+release+loadLoad fences # x.o=1; fence.release; y.o=1 || r0=y.o; fence.loadLoad; r1=x.o\
                #  # 1,0 # forbidden # VarHandle, fence methods
            MP+storeStore+acquire fences # x.o=1; fence.storeStore; y.o=1 || r0=y.o; fence.acquire; r1=x.o\
                #  # 1,0 # forbidden # VarHandle, fence methods
            MP+acquire+release fences # x.o=1; fence.acquire; y.o=1 || r0=y.o; fence.release; r1=x.o\
                #  # 1,0 # allowed # VarHandle, fence methods
            MP+loadLoad+storeStore fences # x.o=1; fence.loadLoad; y.o=1 || r0=y.o; fence.storeStore; r1=x.o\
                #  # 1,0 # allowed # VarHandle, fence methods
            MP+release fence # x.o=1; fence.release; y.o=1 || r0=y.o; r1=x.o #  # 1,0 # allowed # RC11, section 3
            MP+acquire fence # x.o=1; y.o=1 || r0=y.o; fence.acquire; r1=x.o #  # 1,0 # allowed # RC11, section 3
            MP+release fence, acquire load # x.o=1; fence.release; y.o=1 || r0=y.a; r1=x.o\
                #  # 1,0 # forbidden # Lea, Release/Acquire mode, RA Fences
            MP+release store, acquire fence # x.o=1; y.r=1 || r0=y.o; fence.acquire; r1=x.o\
                #  # 1,0 # forbidden # Lea, Release/Acquire mode, RA Fences
            MP plain with fences # x.p=1; fence.release; y.o=1 || r0=y.o; fence.acquire; r1=x.p\
                #  # 1,0 # forbidden # Lea, Release/Acquire mode, RA Fences
            MP by a later volatile store # x.o=1; y.v=1 || y.v=2 || r0=y.v; r1=x.o\
                # y # 2,0,2 # forbidden # JLS 17.4.4
            Seqlock writer without fence # x.v=1; y.o=1; z.o=1; x.v=2 || r0=x.v; r1=y.a; r2=z.a; r3=x.o\
                #  # 0,1,0,0 # allowed # RC11, section 3
            Seqlock writer with storeStoreFence # x.v=1; fence.storeStore; y.o=1; z.o=1; x.v=2 \
                || r0=x.v; r1=y.a; r2=z.a; r3=x.o\
                #  # 0,1,0,0 # forbidden # VarHandle, fence methods
            Seqlock reader without fence # x.v=1; fence.storeStore; y.o=1; x.v=2 || r0=x.v; r1=y.o; r2=x.v\
                #  # 0,1,0 # allowed # RC11, section 3
            Seqlock reader with acquireFence # x.v=1; fence.storeStore; y.o=1; x.v=2 \
                || r0=x.v; r1=y.o; fence.acquire; r2=x.v\
                #  # 0,1,0 # forbidden # VarHandle, fence methods
            """;

    private static final String LOAD_BUFFERING = """
            LB pp # r0=x.p; y.p=1 || r1=y.p; x.p=1 #  # 1,1 # allowed # JLS 17.4, table 17.4-A
            LB oo # r0=x.o; y.o=1 || r1=y.o; x.o=1 #  # 1,1 # open # Bender and Palsberg 2019, no thin air
            LB ao # r0=x.a; y.o=1 || r1=y.a; x.o=1 #  # 1,1 # forbidden # Lea, Release/Acquire mode
            LB or # r0=x.o; y.r=1 || r1=y.o; x.r=1 #  # 1,1 # forbidden # Lea, Release/Acquire mode
            LB ar # r0=x.a; y.r=1 || r1=y.a; x.r=1 #  # 1,1 # forbidden # Lea, Release/Acquire mode
            LB vv # r0=x.v; y.v=1 || r1=y.v; x.v=1 #  # 1,1 # forbidden # JLS 17.4.4, 17.4.5
            LB+data # r0=x.o; y.o=r0 || r1=y.o; x.o=r1 #  # 0,0 # allowed # Lea, Opaque mode
            LB+data, one constant # r0=x.o; y.o=r0 || r1=y.o; x.o=1\
                #  # 1,1 # open # Bender and Palsberg 2019, no thin air
            LB+data and acquire # r0=x.o; y.o=r0 || r1=y.a; x.o=1 #  # 1,1 # forbidden # Lea, Release/Acquire mode
            LB+control # r0=x.o; r0==1?; y.o=1 || r1=y.o; r1==1?; x.o=1 #  # 0,0 # allowed # JLS 17.4.8, causality
            LB+acquire fences # r0=x.o; fence.acquire; y.o=1 || r1=y.o; fence.acquire; x.o=1\
                #  # 1,1 # forbidden # VarHandle, fence methods
            LB+release fences # r0=x.o; fence.release; y.o=1 || r1=y.o; fence.release; x.o=1\
                #  # 1,1 # forbidden # VarHandle, fence methods
            LB+loadLoad fences # r0=x.o; fence.loadLoad; y.o=1 || r1=y.o; fence.loadLoad; x.o=1\
                #  # 1,1 # open # VarHandle, fence methods
            LB+storeStore fences # r0=x.o; fence.storeStore; y.o=1 || r1=y.o; fence.storeStore; x.o=1\
                #  # 1,1 # open # VarHandle, fence methods
            """;

    private static final String INDEPENDENT_READS_OF_INDEPENDENT_WRITES = """
            IRIW oo # x.o=1 || y.o=1 || r0=x.o; r1=y.o || r2=y.o; r3=x.o #  # 1,0,1,0 # allowed # Lea, Opaque mode
            IRIW ra # x.r=1 || y.r=1 || r0=x.a; r1=y.a || r2=y.a; r3=x.a\
                #  # 1,0,1,0 # allowed # Lea, Release/Acquire mode
            IRIW va # x.v=1 || y.v=1 || r0=x.a; r1=y.a || r2=y.a; r3=x.a\
                #  # 1,0,1,0 # allowed # Lea, Volatile mode, Mixed Modes
            IRIW rv # x.r=1 || y.r=1 || r0=x.v; r1=y.v || r2=y.v; r3=x.v #  # 1,0,1,0 # allowed # RC11, section 3
            IRIW vv # x.v=1 || y.v=1 || r0=x.v; r1=y.v || r2=y.v; r3=x.v\
                #  # 1,0,1,0 # forbidden # Lea, Volatile mode, Mixed Modes
            IRIW acquire then volatile # x.v=1 || y.v=1 || r0=x.a; r1=y.v || r2=y.a; r3=x.v\
                #  # 1,0,1,0 # allowed # RC11, section 2
            IRIW+full fences # x.o=1 || y.o=1 || r0=x.o; fence.full; r1=y.o || r2=y.o; fence.full; r3=x.o\
                #  # 1,0,1,0 # forbidden # RC11, section 3
            """;

    private static final String CAUSALITY_OVER_THREE_THREADS = """
            WRC oo # x.o=1 || r0=x.o; y.o=1 || r1=y.o; r2=x.o #  # 1,1,0 # allowed # Lea, Opaque mode
            WRC, second thread releases # x.o=1 || r0=x.o; y.r=1 || r1=y.a; r2=x.o\
                #  # 1,1,0 # forbidden # RC11, section 3
            WRC ra # x.r=1 || r0=x.a; y.r=1 || r1=y.a; r2=x.a #  # 1,1,0 # forbidden # Lea, Release/Acquire mode
            WRC vv # x.v=1 || r0=x.v; y.v=1 || r1=y.v; r2=x.v #  # 1,1,0 # forbidden # JLS 17.4.4, 17.4.5
            WRC, no acquire at the end # x.r=1 || r0=x.a; y.r=1 || r1=y.o; r2=x.o\
                #  # 1,1,0 # allowed # Lea, Release/Acquire mode
            WRC+storeStore # x.o=1 || r0=x.o; fence.storeStore; y.o=1 || r1=y.a; r2=x.o\
                #  # 1,1,0 # allowed # Lea, Release/Acquire mode, Mixed Modes
            WRC+data # x.o=1 || r0=x.o; y.o=r0 || r1=y.a; r2=x.o #  # 1,1,0 # allowed # Lea, Opaque mode
            RWC oo # x.o=1 || r0=x.o; r1=y.o || y.o=1; r2=x.o #  # 1,0,0 # allowed # Lea, Opaque mode
            RWC ra # x.r=1 || r0=x.a; r1=y.a || y.r=1; r2=x.a #  # 1,0,0 # allowed # Lea, Release/Acquire mode
            RWC vv # x.v=1 || r0=x.v; r1=y.v || y.v=1; r2=x.v #  # 1,0,0 # forbidden # JLS 17.4.4, 17.4.5
            RWC+full fences # x.o=1 || r0=x.o; fence.full; r1=y.o || y.o=1; fence.full; r2=x.o\
                #  # 1,0,0 # forbidden # RC11, section 2
            RWC acquire and full fence # x.o=1 || r0=x.a; r1=y.o || y.o=1; fence.full; r2=x.o\
                #  # 1,0,0 # allowed # RC11, section 3
            ISA2 ra # x.o=1; y.r=1 || r0=y.a; z.r=1 || r1=z.a; r2=x.o\
                #  # 1,1,0 # forbidden # Lea, Release/Acquire mode
            ISA2 oo # x.o=1; y.o=1 || r0=y.o; z.o=1 || r1=z.o; r2=x.o #  # 1,1,0 # allowed # Lea, Opaque mode
            ISA2, opaque in the middle # x.o=1; y.r=1 || r0=y.o; z.r=1 || r1=z.a; r2=x.o\
                #  # 1,1,0 # open # Lea, Release/Acquire mode
            ISA2, data in the middle # x.o=1; y.r=1 || r0=y.o; z.o=r0 || r1=z.a; r2=x.o\
                #  # 1,1,0 # allowed # RC11, section 3
            ISA2 vv # x.v=1; y.v=1 || r0=y.v; z.v=1 || r1=z.v; r2=x.v #  # 1,1,0 # forbidden # JLS 17.4.4, 17.4.5
            W+RWC # x.o=1; y.r=1 || r0=y.a; r1=z.o || z.o=1; fence.full; r2=x.o #  # 1,0,0 # allowed # RC11, section 3
            W+RWC vv # x.v=1; y.v=1 || r0=y.v; r1=z.v || z.v=1; r2=x.v #  # 1,0,0 # forbidden # JLS 17.4.4, 17.4.5
            W+RWC, volatile but for the message # x.v=1; y.r=1 || r0=y.a; r1=z.v || z.v=1; r2=x.v\
                #  # 1,0,0 # forbidden # RC11, section 3
            """;

    private static final String ORDERS_OF_STORES = """
            2+2W pp # x.p=1; y.p=2 || y.p=1; x.p=2 # xy # 1,1 # allowed # JLS 17.4.5
            2+2W oo # x.o=1; y.o=2 || y.o=1; x.o=2 # xy # 1,1 # allowed # Lea, Opaque mode
            2+2W rr # x.r=1; y.r=2 || y.r=1; x.r=2 # xy # 1,1 # allowed # RC11, section 3
            2+2W vv # x.v=1; y.v=2 || y.v=1; x.v=2 # xy # 1,1 # forbidden # JLS 17.4.4, 17.4.5
            2+2W+full fences # x.o=1; fence.full; y.o=2 || y.o=1; fence.full; x.o=2\
                # xy # 1,1 # forbidden # RC11, section 3
            2+2W+storeStore fences # x.o=1; fence.storeStore; y.o=2 || y.o=1; fence.storeStore; x.o=2\
                # xy # 1,1 # allowed # RC11, section 3
            2+2W volatile then opaque # x.v=1; y.o=2 || y.v=1; x.o=2 # xy # 1,1 # allowed # RC11, section 3
            R oo # x.o=1; y.o=1 || y.o=2; r0=x.o # y # 0,2 # allowed # Lea, Opaque mode
            R ra # x.r=1; y.r=1 || y.r=2; r0=x.a # y # 0,2 # allowed # RC11, section 3
            R vv # x.v=1; y.v=1 || y.v=2; r0=x.v # y # 0,2 # forbidden # JLS 17.4.4, 17.4.5
            R va # x.v=1; y.v=1 || y.v=2; r0=x.a # y # 0,2 # allowed # RC11, section 3
            R ov # x.o=1; y.o=1 || y.o=2; r0=x.v # y # 0,2 # allowed # RC11, section 3
            R+full fences # x.o=1; fence.full; y.o=1 || y.o=2; fence.full; r0=x.o\
                # y # 0,2 # forbidden # RC11, section 3
            R+release and full fences # x.o=1; fence.release; y.o=1 || y.o=2; fence.full; r0=x.o\
                # y # 0,2 # allowed # RC11, section 3
            R volatile stores, weaker second store # x.v=1; y.v=1 || y.r=2; r0=x.v\
                # y # 0,2 # allowed # RC11, section 3
            S oooo # x.o=2; y.o=1 || r0=y.o; x.o=1 # x # 1,2 # allowed # Lea, Opaque mode
            S orao # x.o=2; y.r=1 || r0=y.a; x.o=1 # x # 1,2 # forbidden # Lea, Release/Acquire mode
            S oroo # x.o=2; y.r=1 || r0=y.o; x.o=1 # x # 1,2 # allowed # RC11, section 3
            S ooao # x.o=2; y.o=1 || r0=y.a; x.o=1 # x # 1,2 # allowed # RC11, section 3
            S vvvv # x.v=2; y.v=1 || r0=y.v; x.v=1 # x # 1,2 # forbidden # JLS 17.4.4, 17.4.5
            S vovv # x.v=2; y.o=1 || r0=y.v; x.v=1 # x # 1,2 # allowed # RC11, section 3
            S+data # x.o=2; y.r=1 || r0=y.o; x.o=r0 # x # 1,2 # allowed # RC11, section 3
            S+fences # x.o=2; fence.release; y.o=1 || r0=y.o; fence.acquire; x.o=1\
                # x # 1,2 # forbidden # RC11, section 3
            S+loadLoad fence # x.o=2; y.r=1 || r0=y.o; fence.loadLoad; x.o=1\
                # x # 1,2 # allowed # Lea, Release/Acquire mode, Mixed Modes
            Z6.U # x.v=1; y.r=1 || r0=y.add.v(1); r1=y.o || y.v=3; r2=x.v # y # 1,3,0,3 # allowed # RC11, section 2
            Z6.0 oo # x.o=1; y.o=1 || r0=y.o; z.o=1 || z.o=2; r1=x.o # z # 1,0,2 # allowed # Lea, Opaque mode
            Z6.0 ra # x.r=1; y.r=1 || r0=y.a; z.r=1 || z.r=2; r1=x.a # z # 1,0,2 # allowed # RC11, section 3
            Z6.0 vv # x.v=1; y.v=1 || r0=y.v; z.v=1 || z.v=2; r1=x.v # z # 1,0,2 # forbidden # JLS 17.4.4, 17.4.5
            Z6.1 oo # x.o=1; y.o=1 || y.o=2; z.o=1 || r0=z.o; x.o=2 # xy # 1,1,2 # allowed # Lea, Opaque mode
            Z6.1 ra # x.r=1; y.r=1 || y.r=2; z.r=1 || r0=z.a; x.r=2 # xy # 1,1,2 # allowed # RC11, section 3
            Z6.1 vv # x.v=1; y.v=1 || y.v=2; z.v=1 || r0=z.v; x.v=2 # xy # 1,1,2 # forbidden # JLS 17.4.4, 17.4.5
            Z6.2 ra # x.r=2; y.r=1 || r0=y.a; z.r=1 || r1=z.a; x.r=1\
                # x # 1,1,2 # forbidden # Lea, Release/Acquire mode
            Z6.2 oo # x.o=2; y.o=1 || r0=y.o; z.o=1 || r1=z.o; x.o=1 # x # 1,1,2 # allowed # Lea, Opaque mode
            Z6.3 ra # x.r=1; y.r=1 || y.r=2; z.r=1 || r0=z.a; r1=x.a # y # 1,0,2 # allowed # RC11, section 3
            Z6.3 vv # x.v=1; y.v=1 || y.v=2; z.v=1 || r0=z.v; r1=x.v # y # 1,0,2 # forbidden # JLS 17.4.4, 17.4.5
            Z6.4 ra # x.r=1; y.r=1 || y.r=2; r0=z.a || z.r=1; r1=x.a # y # 0,0,2 # allowed # RC11, section 3
            Z6.4 vv # x.v=1; y.v=1 || y.v=2; r0=z.v || z.v=1; r1=x.v # y # 0,0,2 # forbidden # JLS 17.4.4, 17.4.5
            Z6.5 ra # x.r=1; y.r=1 || y.r=2; z.r=1 || z.r=2; r0=x.a # yz # 0,2,2 # allowed # RC11, section 3
            3.2W ra # x.r=1; y.r=2 || y.r=1; z.r=2 || z.r=1; x.r=2 # xyz # 1,1,1 # allowed # RC11, section 3
            """;

    private static final String COHERENCE_OF_ONE_VARIABLE = """
            CoRR oo # x.o=1 || r0=x.o; r1=x.o #  # 1,0 # forbidden # Lea, Opaque mode
            CoRR ra # x.r=1 || r0=x.a; r1=x.a #  # 1,0 # forbidden # Lea, Opaque mode
            CoRR vv # x.v=1 || r0=x.v; r1=x.v #  # 1,0 # forbidden # JLS 17.4.4, 17.4.5
            CoRR ov # x.o=1 || r0=x.v; r1=x.v #  # 1,0 # forbidden # Lea, Opaque mode
            CoRR pp # x.p=1 || r0=x.p; r1=x.p #  # 1,0 # allowed # JLS 17.4, table 17.4-C
            CoRR opaque store, plain loads # x.o=1 || r0=x.p; r1=x.p #  # 1,0 # allowed # Lea, Opaque mode
            CoRR plain with acquire between # x.p=1 || r0=x.p; r2=y.a; r1=x.p #  # 1,0,0 # allowed # JLS 17.4.5
            CoRR of two stores # x.o=1; x.o=2 || r0=x.o; r1=x.o #  # 2,1 # forbidden # Lea, Opaque mode
            CoRR of two writers # x.o=1 || x.o=2 || r0=x.o; r1=x.o || r2=x.o; r3=x.o\
                #  # 1,2,2,1 # forbidden # Lea, Opaque mode
            CoWW # x.o=1; x.o=2 # x # 1 # forbidden # Lea, Opaque mode
            CoWW pp # x.p=1; x.p=2 # x # 1 # forbidden # JLS 17.4.5
            CoWR # x.o=1; r0=x.o || x.o=2 # x # 2,1 # forbidden # Lea, Opaque mode
            CoWR own store # x.p=1; r0=x.p #  # 0 # forbidden # JLS 17.4.5
            CoRW1 # r0=x.o; x.o=1 #  # 1 # forbidden # Lea, Opaque mode
            CoRW2 # r0=x.o; x.o=1 || x.o=2 # x # 2,2 # forbidden # Lea, Opaque mode
            CoRW2 pp # r0=x.p; x.p=1 || x.p=2 # x # 2,2 # allowed # JLS 17.4.5
            CoRR ordered by release # x.o=1; y.r=1 || r0=y.a; r1=x.o; r2=x.o #  # 1,1,0 # forbidden # Lea, Opaque mode
            Mixed modes, one variable # x.v=1 || x.o=2; r0=x.v # x # 1,2 # forbidden # Lea, Opaque mode
            """;

    private static final String RELEASE_SEQUENCES = """
            Release sequence by a plain weak CAS # x.o=1; y.r=1 || r0=y.weak.p(1,2) || r1=y.a; r2=x.o\
                #  # 1,2,0 # forbidden # RC11, section 3
            Release sequence by an acquire CAS # x.o=1; y.r=1 || r0=y.cas.a(1,2) || r1=y.a; r2=x.o\
                #  # 1,2,0 # forbidden # RC11, section 3
            Release sequence by a release add # x.o=1; y.r=1 || r0=y.add.r(1) || r1=y.a; r2=x.o\
                #  # 1,2,0 # forbidden # RC11, section 3
            Release sequence by two RMWs # x.o=1; y.r=1 || r0=y.add.a(1) || r1=y.add.a(2) || r2=y.a; r3=x.o\
                #  # 1,2,4,0 # forbidden # RC11, section 3
            No release sequence by a store of the same thread # x.o=1; y.r=1; y.o=2 || r0=y.a; r1=x.o\
                #  # 2,0 # allowed # Lea, Release/Acquire mode; C++20 (RC11 differs)
            No release sequence by a store of another thread # x.o=1; y.r=1 \
                || r0=y.o; r0==1?; y.o=2 || r1=y.a; r2=x.o\
                #  # 1,2,0 # allowed # RC11, section 3
            Release sequence after a release fence # x.o=1; fence.release; y.o=1 || r0=y.add.a(1) || r1=y.a; r2=x.o\
                #  # 1,2,0 # forbidden # RC11, section 3
            """;

    private static final String ATOMICITY_OF_READ_MODIFY_WRITES = """
            Two volatile additions # r0=x.add.v(1) || r1=x.add.v(1) # x # 0,0,1 # forbidden # VarHandle, getAndAdd
            Three acquire additions # r0=x.add.a(1) || r1=x.add.a(1) || r2=x.add.a(1)\
                # x # 0,0,1,2 # forbidden # VarHandle, getAndAddAcquire
            Two release swaps # r0=x.swap.r(1) || r1=x.swap.r(2) # x # 0,0,2 # forbidden # VarHandle, getAndSetRelease
            Rival CAS # r0=x.cas.v(0,1) || r1=x.cas.v(0,2) # x # 0,0,2 # forbidden # VarHandle, compareAndExchange
            Rival plain weak CAS # r0=x.weak.p(0,1) || r1=x.weak.p(0,2)\
                # x # 1,1,2 # forbidden # VarHandle, weakCompareAndSetPlain
            Weak CAS may fail # r0=x.weak.v(0,1) # x # 0,0 # allowed # VarHandle, weakCompareAndSet
            Addition and store # r0=x.add.v(1) || x.o=5 # x # 0,1 # forbidden # VarHandle, getAndAdd
            Addition never splits a store # r0=x.add.a(1) || x.o=5 # x # 5,5 # forbidden # RC11, section 3
            Failing CAS reads stale # x.o=1; y.o=1 || r0=y.o; r1=x.cas.v(7,2) #  # 1,0 # allowed # RC11, section 3
            Failing acquire CAS acquires # x.o=1; y.r=1 || r0=y.cas.a(7,2); r1=x.o\
                #  # 1,0 # forbidden # VarHandle, compareAndExchangeAcquire
            Failing release CAS does not acquire # x.o=1; y.r=1 || r0=y.cas.r(7,2); r1=x.o\
                #  # 1,0 # allowed # VarHandle, compareAndExchangeRelease
            Acquire RMW, its store is overtaken # r2=x.swap.a(1); y.o=1 || r0=y.a; r1=x.o\
                #  # 1,0,0 # allowed # VarHandle, getAndSetAcquire
            Release RMW, its load is overtaken # r0=x.swap.r(2); r1=y.o || y.o=1; x.r=1\
                #  # 1,0 # allowed # VarHandle, getAndSetRelease
            MP by volatile RMW as a full fence? # x.o=1; r2=z.add.v(1); y.o=1 || r0=y.a; r1=x.o\
                #  # 1,0,0 # allowed # RC11, section 3
            """;

    private static final String DOUBLE_CHECKED_LOCKING = """
            DCL release # r0=y.a; r0==0?; r1=z.cas.a(0,1); r1==0?; r2=y.o; r2==0?; x.p=1; y.r=1; z.r=0 \
                || r3=y.a; r3==1?; r4=x.p\
                #  # 0,0,0,1,0 # forbidden # Lea, Release/Acquire mode
            DCL volatile # r0=y.v; r0==0?; r1=z.cas.v(0,1); r1==0?; r2=y.v; r2==0?; x.p=1; y.v=1; z.v=0 \
                || r3=y.v; r3==1?; r4=x.p\
                #  # 0,0,0,1,0 # forbidden # JLS 17.4.4
            DCL plain # r0=y.p; r0==0?; r1=z.cas.v(0,1); r1==0?; x.p=1; y.p=1; z.v=0 || r2=y.p; r2==1?; r3=x.p\
                #  # 0,0,1,0 # allowed # JLS 17.4.5
            Lock by CAS # r0=z.cas.a(0,1); r0==0?; x.p=1; z.r=0 || r1=z.cas.a(0,1); r1==0?; r2=x.p; z.r=0\
                #  # 0,0,0 # allowed # Lea, Release/Acquire mode
            Lock by CAS, opaque unlock # r0=z.cas.a(0,1); r0==0?; x.p=1; z.o=0 \
                || r1=z.cas.a(0,1); r1==0?; r2=x.p; z.o=0\
                #  # 0,0,0 # allowed # Lea, Release/Acquire mode
            Plain store and opaque load # x.p=1 || r0=x.o #  # 0 # allowed # JLS 17.4.5
            Plain store and volatile store # x.p=1 || x.v=2 # x # 1 # allowed # JLS 17.4.5
            Plain accesses behind an SB guard # x.v=1; r0=y.v; r0==0?; z.p=1 || y.v=1; r1=x.v; r1==0?; r2=z.p\
                #  # 0,0,0 # forbidden # JLS 17.4.4, 17.4.5
            Plain accesses behind a weaker SB guard # x.r=1; r0=y.a; r0==0?; z.p=1 || y.r=1; r1=x.a; r1==0?; r2=z.p\
                #  # 0,0,0 # allowed # Lea, Release/Acquire mode
            """;
}
