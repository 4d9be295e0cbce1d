/** The program as a module, for an image. */
module consumer.core {
    requires io.multishot;
}
