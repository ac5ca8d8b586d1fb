package dev.sluice.common.link;

import reactor.core.Disposable;

/** What keeps the link to the router at one address. Thread-safe. */
interface RouterConnection extends Disposable {

    /** Starts connecting; returns at once. */
    void start();

    /** Nobody says any more that there is a router: the link may go on for as long as it lasts, and is not made anew. */
    void retire();

    /** There is one after all. Of no effect once it is disposed. */
    void keep();
}
