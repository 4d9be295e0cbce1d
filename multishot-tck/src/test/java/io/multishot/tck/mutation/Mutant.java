package io.multishot.tck.mutation;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A broken variant of the core: one small change of the text of one of its sources. It is made from the current source,
 * so it cannot fall behind: if the source has changed too much for it, the check fails and says so.
 *
 * @param name the mistake, in a few words
 * @param breaks the harm to a user of the channel
 * @param type the simple name of the class that is changed
 * @param original the text to replace, which must occur exactly once; any white space matches any other
 * @param replacement the text to put there
 * @param killer the scenario that has to fail, as named by the interleaving check
 */
record Mutant(String name, String breaks, String type, String original, String replacement, String killer) {

    /** Makes the change. */
    String applyTo(String source) {
        Matcher matcher = Pattern.compile(anyWhiteSpace(original)).matcher(source);
        long found = matcher.results().count();
        if (found != 1) {
            throw new IllegalStateException("mutant \"" + name + "\" replaces a text that " + type + " has " + found
                    + " times, not once; adapt it to the source:\n" + original);
        }
        return matcher.reset().replaceFirst(Matcher.quoteReplacement(replacement));
    }

    private static String anyWhiteSpace(String text) {
        return Arrays.stream(text.strip().split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+"));
    }

    @Override
    public String toString() {
        return type + ": " + name;
    }
}
