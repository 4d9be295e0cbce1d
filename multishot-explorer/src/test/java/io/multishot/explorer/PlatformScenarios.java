package io.multishot.explorer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;

/** Arrays, atomics and objects of the platform, accessed by code that is not rewritten. */
@SuppressWarnings({"JdkObsolete", "ReturnValueIgnored", "UnnecessaryStringBuilder"}) // the calls are the point
final class PlatformScenarios {
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private PlatformScenarios() {}

    private static void race(Runnable one, Runnable other, boolean ordered) throws InterruptedException {
        Thread thread = new Thread(one, "other");
        thread.start();
        if (ordered) {
            thread.join();
        }
        other.run();
        thread.join();
    }

    /** Ways into an array that are no instructions of the scenario, against a store to its first element. */
    static void array(String way, boolean ordered) throws InterruptedException {
        int[] array = {3, 1, 2};
        Object[] objects = {"b", "a"};
        Runnable access = switch (way) {
            case "fill" -> () -> Arrays.fill(array, 7);
            case "fillRange" -> () -> Arrays.fill(array, 0, 2, 7);
            case "copyOf" -> () -> Arrays.copyOf(array, 2);
            case "copyOfRange" -> () -> Arrays.copyOfRange(array, 0, 1);
            case "clone" -> () -> array.clone();
            case "sort" -> () -> Arrays.sort(array);
            case "toString" -> () -> Arrays.toString(array);
            case "hashCode" -> () -> Arrays.hashCode(array);
            case "equals" -> () -> Arrays.equals(new int[3], array);
            case "stream" -> () -> Arrays.stream(array).sum();
            case "asList" -> () -> Arrays.asList(objects).size();
            case "throughAList" -> {
                List<Object> list = Arrays.asList(objects);
                yield () -> list.set(0, "d");
            }
            case "deepToString" -> () -> Arrays.deepToString(new int[][] {array});
            case "varargs" -> () -> Objects.hash(objects);
            case "toArray" -> () -> List.of("x").toArray(objects);
            case "reference" -> {
                Function<int[], int[]> clone = int[]::clone;
                yield () -> clone.apply(array);
            }
            default -> throw new IllegalArgumentException(way);
        };
        race(
                access,
                () -> {
                    array[0] = 9;
                    objects[0] = "c";
                },
                ordered);
    }

    /** The next load finds the value that the platform stored. */
    static void filledElement() {
        int[] array = new int[2];
        INTS.setVolatile(array, 0, 1);
        Arrays.fill(array, 7);
        Probe.outcome("" + (int) INTS.getVolatile(array, 0));
    }

    /** An object of the platform that two threads change, or one changes while another looks into it. */
    static void shared(String type, boolean ordered) throws InterruptedException {
        switch (type) {
            case "HashMap" -> {
                Map<String, String> map = new HashMap<>();
                race(() -> map.put("a", "b"), () -> map.get("a"), ordered);
            }
            case "ArrayList" -> {
                List<String> list = new ArrayList<>();
                race(() -> list.add("a"), list::size, ordered);
            }
            case "iterator" -> {
                List<String> list = new ArrayList<>(List.of("a"));
                Iterator<String> iterator = list.iterator();
                race(() -> list.set(0, "b"), iterator::next, ordered);
            }
            case "view" -> {
                Map<String, String> map = new HashMap<>();
                race(() -> map.put("a", "b"), () -> map.keySet().size(), ordered);
            }
            case "unmodifiable" -> {
                List<String> list = new ArrayList<>();
                List<String> view = Collections.unmodifiableList(list);
                race(() -> list.add("a"), view::size, ordered);
            }
            case "argument" -> {
                List<String> list = new ArrayList<>();
                race(() -> list.add("a"), () -> new ArrayDeque<>(list), ordered);
            }
            case "sort" -> {
                List<String> list = new ArrayList<>(List.of("b", "a"));
                race(() -> Collections.sort(list), () -> list.get(0), ordered);
            }
            case "forEach" -> {
                List<String> list = new ArrayList<>(List.of("b", "a"));
                race(
                        () -> list.add("c"),
                        () -> {
                            for (String element : list) {
                                Objects.requireNonNull(element);
                            }
                        },
                        ordered);
            }
            case "StringBuilder" -> {
                StringBuilder builder = new StringBuilder();
                race(() -> builder.append("a"), builder::length, ordered);
            }
            case "concatenated" -> {
                StringBuilder builder = new StringBuilder();
                race(() -> builder.append("a"), () -> Objects.requireNonNull("x" + builder), ordered);
            }
            case "ByteBuffer" -> {
                ByteBuffer buffer = ByteBuffer.allocate(8);
                race(() -> buffer.put((byte) 1), buffer::get, ordered);
            }
            case "position" -> {
                ByteBuffer buffer = ByteBuffer.allocate(8);
                race(buffer::get, buffer::get, ordered);
            }
            case "joined" -> {
                StringBuilder builder = new StringBuilder();
                race(() -> builder.append("a"), () -> String.join(",", List.of(builder)), ordered);
            }
            case "inherited" -> {
                Inheriting map = new Inheriting();
                race(() -> map.put("a", "b"), () -> map.get("a"), ordered);
            }
            case "keySetInAList" -> {
                Map<String, String> map = new HashMap<>();
                List<Set<String>> sets = List.of(map.keySet());
                race(() -> map.put("a", "b"), () -> sets.get(0).size(), ordered);
            }
            case "nestedText" -> {
                List<String> list = new ArrayList<>();
                race(() -> list.add("a"), () -> Objects.requireNonNull("" + List.of(list)), ordered);
            }
            case "nestedEquals" -> {
                List<String> list = new ArrayList<>();
                race(() -> list.add("a"), () -> Optional.of(list).equals(Optional.of(List.of())), ordered);
            }
            case "recordText" -> {
                Holder holder = new Holder(new ArrayList<>());
                race(() -> holder.list.add("a"), holder::toString, ordered);
            }
            case "recordHashCode" -> {
                Holder holder = new Holder(new ArrayList<>());
                race(() -> holder.list.add("a"), holder::hashCode, ordered);
            }
            case "recordEquals" -> {
                Holder holder = new Holder(new ArrayList<>());
                race(() -> holder.list.add("a"), () -> new Holder(List.of()).equals(holder), ordered);
            }
            case "BitSet" -> {
                BitSet bits = new BitSet();
                race(() -> bits.set(1), () -> bits.get(1), ordered);
            }
            case "Vector" -> {
                Vector<String> vector = new Vector<>();
                race(() -> vector.add("a"), vector::size, ordered);
            }
            case "StringBuffer" -> {
                StringBuffer buffer = new StringBuffer();
                race(() -> buffer.append("a"), buffer::length, ordered);
            }
            case "synchronizedList" -> {
                List<String> list = Collections.synchronizedList(new ArrayList<>());
                race(() -> list.add("a"), list::size, ordered);
            }
            case "Random" -> {
                Random random = new Random(1);
                race(random::nextInt, random::nextInt, ordered);
            }
            default -> throw new IllegalArgumentException(type);
        }
    }

    private record Holder(List<String> list) {}

    private record AtomicHolder(AtomicInteger atomic) {}

    /** Its content is that of the class of the platform. */
    private static final class Inheriting extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;
    }

    /** Bytes are read at a place that is given, which leaves the buffer as it is. */
    static void bytesLookedAt() throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(8);
        race(() -> buffer.get(1), () -> buffer.get(1), false);
    }

    /** Two threads may look into one object at the same time. */
    static void lookedIntoByTwo() throws InterruptedException {
        Map<String, String> map = new HashMap<>(Map.of("a", "b"));
        race(() -> map.get("a"), () -> map.forEach((key, value) -> Probe.outcome(key + value)), false);
    }

    /** An object that is handed over by an atomic. */
    static void handedOver() throws InterruptedException {
        List<String> list = new ArrayList<>();
        AtomicBoolean ready = new AtomicBoolean();
        race(
                () -> {
                    list.add("a");
                    ready.set(true);
                },
                () -> {
                    if (ready.get()) {
                        list.add("b");
                    }
                },
                false);
        Probe.outcome("" + list);
    }

    /** The value of an atomic as text, by each way that there is to it. */
    static void text(String way) throws InterruptedException {
        AtomicInteger atomic = new AtomicInteger();
        AtomicIntegerArray array = new AtomicIntegerArray(1);
        Thread other = new Thread(() -> {
            atomic.set(5);
            array.set(0, 5);
        });
        other.start();
        String text = switch (way) {
            case "toString" -> atomic.toString();
            case "concatenation" -> "" + atomic;
            case "valueOf" -> String.valueOf(atomic);
            case "append" -> new StringBuilder().append(atomic).toString();
            case "array" -> array.toString();
            case "list" -> "" + List.of(atomic);
            case "optional" -> "" + Optional.of(atomic);
            case "record" -> new AtomicHolder(atomic).toString();
            case "number" -> {
                Number number = atomic;
                yield "" + number.intValue();
            }
            case "format" -> String.format("%s", atomic);
            default -> throw new IllegalArgumentException(way);
        };
        Probe.outcome(text);
        other.join();
    }

    private static final List<String> GROWING = new ArrayList<>();
    private static final List<String> CONSTANT = new ArrayList<>(List.of("a"));
    private static List<String> replaced = new ArrayList<>();

    /** Static state that an execution leaves behind, or not. */
    static void staticState(String kind) throws InterruptedException {
        AtomicInteger counter = new AtomicInteger();
        switch (kind) {
            case "growing" -> GROWING.add("x");
            case "constant" -> Objects.requireNonNull(CONSTANT.get(0));
            case "replaced" -> {
                replaced = new ArrayList<>();
                replaced.add("x");
            }
            default -> throw new IllegalArgumentException(kind);
        }
        race(counter::incrementAndGet, counter::incrementAndGet, false);
    }
}
