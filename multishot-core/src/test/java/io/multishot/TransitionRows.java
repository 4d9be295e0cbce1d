package io.multishot;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The rows of the transition tables in {@code docs/}: each has a test that is named after it, or is shown elsewhere,
 * and each such test has a row.
 */
public final class TransitionRows {
    private static final Path DOCUMENTATION = Path.of("..", "docs");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d+) \\|");
    private static final Pattern TEST = Pattern.compile("^([A-Z]\\d+)_");

    private TransitionRows() {}

    public static void assertHaveTests(String page, Class<?> tests, Set<String> shownElsewhere) throws IOException {
        TreeSet<String> rows = ROW.matcher(Files.readString(DOCUMENTATION.resolve(page)))
                .results()
                .map(result -> result.group(1))
                .collect(toCollection(TreeSet::new));
        TreeSet<String> tested = Arrays.stream(tests.getDeclaredMethods())
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .flatMap(method -> TEST.matcher(method.getName()).results())
                .map((MatchResult result) -> result.group(1))
                .collect(toCollection(TreeSet::new));

        assertThat(rows).hasSizeGreaterThan(20);
        shownElsewhere.forEach(row -> assertThat(tested.add(row)).as(row).isTrue());
        assertThat(tested).isEqualTo(rows);
    }
}
