package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.TestFrontend;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a frontend that asks who calls, as somebody uses it. */
class PageKeyIT {

    private static final String KEY = "the-key-of-acme-0";
    private static final String OPERATOR = "the-key-of-operators";

    private static Browser browser;
    private static TestFrontend frontend;

    private PageUnderTest page;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        frontend = TestFrontend.start(
                "sluice.access.keys[0].name=acme",
                "sluice.access.keys[0].key=" + KEY,
                "sluice.access.keys[0].actors=vadder",
                "sluice.access.keys[1].name=ops",
                "sluice.access.keys[1].key=" + OPERATOR,
                "sluice.access.keys[1].operator=true");
    }

    @AfterAll
    static void stop() {
        if (frontend != null) {
            frontend.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void withoutAKey() {
        URI url = URI.create("http://127.0.0.1:" + frontend.port());
        page = new PageUnderTest(browser, url);
        browser.driver().get(url.resolve("/ui/").toString());
        browser.driver().executeScript("sessionStorage.clear()");
        view("");
        page.until("question", () -> page.one("#key").isDisplayed());
    }

    private void view(String view) {
        browser.driver().get("about:blank");
        browser.driver().get("http://127.0.0.1:" + frontend.port() + "/ui/#/" + view);
    }

    private void give(String key) {
        page.one("#key input").sendKeys(key);
        page.press("Go on");
    }

    @Test
    void asksForAKeyAndKeepsItForTheTab() {
        assertThat(page.text("#live")).isNotEqualTo("Live");

        give("the-key-of-nobody");
        page.until("question again", () -> page.one("#key").isDisplayed());
        give(OPERATOR);

        page.until("life", () -> page.text("#live").equals("Live"));
        assertThat(page.one("#key").isDisplayed()).isFalse();
        view("console/vadder");
        page.until("life without being asked again", () -> page.text("#live").equals("Live"));
        assertThat(page.one("#key").isDisplayed()).isFalse();
    }

    @Test
    void aCallerWhoIsNoOperatorCallsWhatItMay() {
        give(KEY);
        page.until("word on the figures", () -> page.text("#trouble").contains("operators"));

        view("console/vadder");
        page.until("form", () -> page.one("form.ask button.primary").isEnabled());

        assertThat(page.select("Actor").getOptions())
                .extracting(option -> option.getText())
                .containsExactly("vadder");
    }
}
