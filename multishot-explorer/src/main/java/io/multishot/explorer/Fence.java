package io.multishot.explorer;

/** The fences of VarHandle. */
enum Fence {
    FULL("fullFence", true, true),
    ACQUIRE("acquireFence", true, false),
    RELEASE("releaseFence", false, true),
    /** No weaker than an acquire fence here: a load never moves behind a later store anyway. */
    LOAD_LOAD("loadLoadFence", true, false),
    /** Taken for a release fence: that earlier loads may move behind it is not explored. */
    STORE_STORE("storeStoreFence", false, true);

    final String method;
    final boolean acquires;
    final boolean releases;

    Fence(String method, boolean acquires, boolean releases) {
        this.method = method;
        this.acquires = acquires;
        this.releases = releases;
    }
}
