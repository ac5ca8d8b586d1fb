package dev.sluice.system.registry;

import java.util.Map;

/** A server in which routers register themselves, and that others ask for them. */
public interface Registry extends AutoCloseable {

    /** The starter of Spring Cloud that a service needs to be its client. */
    String client();

    /** What a service is told to find it. */
    Map<String, String> settings();

    /** It answers nobody any more. */
    void die();

    /** Where it was, without anything that it knew unless it keeps that. */
    void comeBack();

    @Override
    void close();
}
