package dev.sluice.router.fleet.store;

/** Where everything is in Redis. In braces: a cluster keeps together what scripts change together. */
record RedisKeys(String prefix) {

    private String key(String name) {
        return "{" + prefix + "}:fleet:" + name;
    }

    String id() {
        return key("id");
    }

    String entries() {
        return key("entries");
    }

    String revision() {
        return key("revision");
    }

    String channel() {
        return key("changes");
    }
}
