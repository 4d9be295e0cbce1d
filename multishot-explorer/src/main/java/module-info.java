/**
 * An exhaustive model checker for JVM concurrency.
 */
module io.multishot.explorer {
    requires org.objectweb.asm;
    requires org.objectweb.asm.commons;
    requires static org.jspecify;

    exports io.multishot.explorer;
}
