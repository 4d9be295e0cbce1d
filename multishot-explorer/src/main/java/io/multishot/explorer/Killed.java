package io.multishot.explorer;

/** Ends a thread of the scenario at one of its steps, as an error of the virtual machine might. */
final class Killed extends VirtualMachineError {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("the explorer lets the thread die here");
    }
}
