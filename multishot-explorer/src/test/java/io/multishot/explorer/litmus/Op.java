package io.multishot.explorer.litmus;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One operation of a thread.
 *
 * @param kind the kind of operation
 * @param mode p(lain), o(paque), a(cquire), r(elease) or v(olatile); of a fence the first letter of its kind
 * @param location 0 to 3 for x, y, z, w
 * @param first the operand stored, added or expected: a constant digit, or the letter of the register that holds it
 * @param second the operand that a compare-and-set stores
 * @param register the register that takes the value read; -1 for none
 */
record Op(Kind kind, char mode, int location, char first, char second, int register) {
    enum Kind {
        LOAD('R'),
        STORE('W'),
        FENCE('F'),
        ADD('A'),
        SWAP('S'),
        CAS('C'),
        WEAK_CAS('K'),
        /** The rest of the thread runs only if the register holds the constant. */
        ONLY_IF('I');

        final char code;

        Kind(char code) {
            this.code = code;
        }
    }

    static final String LOCATIONS = "xyzw";
    static final List<String> FENCES = List.of("full", "acquire", "release", "loadLoad", "storeStore");
    private static final String FENCE_CODES = "farls";
    private static final String MODES = "poarv";
    private static final Pattern STORE = Pattern.compile("([xyzw])\\.([poarv])=(\\d|r\\d)");
    private static final Pattern LOAD = Pattern.compile("r(\\d)=([xyzw])\\.([poarv])");
    private static final Pattern UPDATE =
            Pattern.compile("r(\\d)=([xyzw])\\.(add|swap|cas|weak)\\.([poarv])\\((\\d|r\\d)(?:,(\\d|r\\d))?\\)");
    private static final Pattern GUARD = Pattern.compile("r(\\d)==(\\d)\\?");
    private static final Pattern FENCE = Pattern.compile("fence\\.(\\w+)");

    static Op parse(String text) {
        Matcher store = STORE.matcher(text);
        if (store.matches()) {
            return new Op(Kind.STORE, mode(store.group(2)), location(store.group(1)), value(store.group(3)), '0', -1);
        }
        Matcher load = LOAD.matcher(text);
        if (load.matches()) {
            return new Op(Kind.LOAD, mode(load.group(3)), location(load.group(2)), '0', '0', register(load.group(1)));
        }
        Matcher update = UPDATE.matcher(text);
        if (update.matches()) {
            Kind kind = switch (update.group(3)) {
                case "add" -> Kind.ADD;
                case "swap" -> Kind.SWAP;
                case "cas" -> Kind.CAS;
                default -> Kind.WEAK_CAS;
            };
            char second = update.group(6) == null ? '0' : value(update.group(6));
            int location = location(update.group(2));
            return new Op(
                    kind, mode(update.group(4)), location, value(update.group(5)), second, register(update.group(1)));
        }
        Matcher guard = GUARD.matcher(text);
        if (guard.matches()) {
            return new Op(Kind.ONLY_IF, 'p', 0, value(guard.group(2)), '0', register(guard.group(1)));
        }
        Matcher fence = FENCE.matcher(text);
        if (fence.matches() && FENCES.contains(fence.group(1))) {
            char code = FENCE_CODES.charAt(FENCES.indexOf(fence.group(1)));
            return new Op(Kind.FENCE, code, 0, '0', '0', -1);
        }
        throw new IllegalArgumentException("not an operation: " + text);
    }

    private static char mode(String text) {
        return MODES.charAt(MODES.indexOf(text));
    }

    private static int location(String text) {
        return LOCATIONS.indexOf(text);
    }

    private static int register(String text) {
        return Integer.parseInt(text);
    }

    /** A constant is its digit, a register a letter. */
    private static char value(String text) {
        return text.length() == 1 ? text.charAt(0) : (char) ('a' + text.charAt(1) - '0');
    }

    static boolean isRegister(char value) {
        return value >= 'a';
    }

    boolean isUpdate() {
        return kind == Kind.ADD || kind == Kind.SWAP || kind == Kind.CAS || kind == Kind.WEAK_CAS;
    }

    /** The mode of the load; the half of a read-modify-write that is not ordered counts as opaque. */
    char loadMode() {
        return isUpdate() && (mode == 'r' || mode == 'p') ? 'o' : mode;
    }

    /** The mode of the store. */
    char storeMode() {
        return isUpdate() && (mode == 'a' || mode == 'p') ? 'o' : mode;
    }

    /** Six characters that {@link ProgramScenario} executes. */
    String encoded() {
        char to = register < 0 ? '-' : (char) ('0' + register);
        return "" + kind.code + mode + (char) ('0' + location) + first + second + to;
    }
}
