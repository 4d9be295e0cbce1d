package io.multishot.explorer;

import java.util.ArrayList;
import java.util.List;

/** The real threads of an exploration: one for each number of a logical thread. */
final class Carriers implements AutoCloseable {
    private final List<Carrier> carriers = new ArrayList<>();

    Carrier at(int number) {
        while (carriers.size() <= number) {
            Carrier carrier = new Carrier(carriers.size());
            carrier.start();
            carriers.add(carrier);
        }
        return carriers.get(number);
    }

    @Override
    public void close() {
        carriers.forEach(Carrier::retire);
    }
}
