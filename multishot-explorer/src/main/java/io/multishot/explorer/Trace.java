package io.multishot.explorer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down an execution, for people to read. */
final class Trace {
    private static final int FRAMES = 2;
    private static final int MAX_LINES = 300;

    private final ClassLoader rewritten;
    private final List<String> lines = new ArrayList<>();
    private final Map<Integer, String> accesses = new HashMap<>();
    private final IdentityHashMap<Object, String> labels = new IdentityHashMap<>();
    private final Map<String, Integer> labelCounts = new HashMap<>();

    /** By the loader of the rewritten classes it knows which frames of the stack are the scenario's. */
    Trace(ClassLoader rewritten) {
        this.rewritten = rewritten;
    }

    /** The steps, a line each; of very many only the last. */
    List<String> lines() {
        int omitted = lines.size() - MAX_LINES;
        if (omitted <= 0) {
            return lines;
        }
        List<String> shortened = new ArrayList<>(lines.subList(omitted, lines.size()));
        shortened.add(0, "... " + omitted + " earlier steps");
        return shortened;
    }

    void step(int step, LogicalThread thread, String what) {
        lines.add(String.format("%4d  %-12s %-34s %s", step, name(thread), where(), what));
    }

    /** Remembers an access in case it turns out to be one side of a data race. */
    void access(int event, LogicalThread thread, String what) {
        accesses.put(event, name(thread) + " at " + where() + " " + what);
    }

    String describeAccess(int event) {
        return accesses.getOrDefault(event, "an access");
    }

    static String name(LogicalThread thread) {
        return "T" + thread.id + ":" + thread.thread.getName();
    }

    String place(Location location) {
        Object owner = location.cell.owner();
        String name = location.cell.name();
        if (owner == null) {
            return name;
        }
        return label(owner) + (name.startsWith("[") ? name : "." + name);
    }

    String value(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean || value instanceof Enum
                ? String.valueOf(value)
                : value instanceof CharSequence || value instanceof Character ? "\"" + value + "\"" : label(value);
    }

    /** A name for an object that is the same whenever the execution is made again. */
    String label(Object object) {
        if (object instanceof LogicalThread thread) {
            return name(thread);
        }
        if (object instanceof Thread thread) {
            return "thread " + thread.getName();
        }
        return labels.computeIfAbsent(object, o -> {
            String type = simpleName(o.getClass());
            return type + "#" + labelCounts.merge(type, 1, Integer::sum);
        });
    }

    private static String simpleName(Class<?> type) {
        if (type.isArray()) {
            return simpleName(type.getComponentType()) + "[]";
        }
        if (type.isHidden()) {
            return "lambda";
        }
        String name = type.getName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    private String where() {
        List<String> frames = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(all -> all.filter(frame -> frame.getDeclaringClass().getClassLoader() == rewritten)
                        .filter(frame -> frame.getLineNumber() > 0)
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .limit(FRAMES)
                        .toList());
        return frames.isEmpty()
                ? "(no source)"
                : frames.size() == 1 ? frames.get(0) : frames.get(0) + " < " + frames.get(1);
    }
}
