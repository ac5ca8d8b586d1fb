package dev.sluice.architecture.planted.router.queue;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

public class InjectsAField {
    @Autowired
    @Nullable String planted;
}
