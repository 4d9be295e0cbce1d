/** A module that requires both modules of the library by name. */
module consumer {
    requires io.multishot;
    requires io.multishot.reactor;
}
