package io.multishot.benchmarks.scale;

/** Takes one measurement in a JVM of its own, and prints the figures. */
final class ScaleWorker {
    private ScaleWorker() {}

    public static void main(String[] arguments) {
        Part part = Part.valueOf(arguments[0]);
        Contender contender = Contender.valueOf(arguments[1]);
        System.out.print(part.measure(contender, Integer.parseInt(arguments[2]), Settings.read()));
        System.exit(0); // pools of the contenders may have threads that are no daemons
    }
}
