package dev.sluice.system.page;

import static org.awaitility.Awaitility.await;

import dev.sluice.system.site.Site;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** A frontend's page, by what its users look for. */
final class PageUnderTest {

    private final Browser browser;
    private final URI frontend;

    PageUnderTest(Browser browser, URI frontend) {
        this.browser = browser;
        this.frontend = frontend;
    }

    /** Opens a view anew, and waits until it lives. */
    PageUnderTest open(String view) {
        browser.driver().get("about:blank");
        browser.driver().get(frontend.resolve("/ui/#/" + view).toString());
        until("life", () -> "Live".equals(text("#live")));
        return this;
    }

    /** Opens the console and waits for the actor's form. */
    PageUnderTest openConsole(String actor) {
        open("console/" + actor);
        until(
                "form of " + actor,
                () -> actor.equals(select("Actor").getFirstSelectedOption().getText())
                        && !all("form.ask .field, form.ask .check").isEmpty()
                        && one("form.ask button.primary").isEnabled());
        return this;
    }

    WebElement one(String css) {
        return browser.driver().findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return browser.driver().findElements(By.cssSelector(css));
    }

    String text(String css) {
        return one(css).getText().trim();
    }

    /** The control that has this label. */
    WebElement labelled(String label) {
        WebElement found = browser.driver().findElement(By.xpath("//label[normalize-space()='" + label + "']"));
        return browser.driver().findElement(By.id(found.getDomAttribute("for")));
    }

    Select select(String label) {
        return new Select(labelled(label));
    }

    /** The choice that this name is said of, which is not to be read. */
    Select named(String name) {
        return new Select(one("select[aria-label='" + name + "']"));
    }

    void type(String label, String text) {
        WebElement control = labelled(label);
        control.clear();
        control.sendKeys(text);
    }

    void press(String button) {
        browser.driver()
                .findElement(By.xpath("//button[normalize-space()='" + button + "']"))
                .click();
    }

    /** The outcome of the call that was made, once it has one. */
    String outcome() {
        until("outcome", () -> !Set.of("", "calling").contains(text(".answer .outcome .chip")));
        return text(".answer .outcome .chip");
    }

    String result() {
        return text(".answer .result");
    }

    /** The row of an actor: its cells, by the column's name. */
    String cell(String actor, String column) {
        List<WebElement> columns = all(".actors thead th");
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).getText().equals(column)) {
                return browser.driver()
                        .findElement(
                                By.xpath("//table[@class='actors']//tr[th/a[.='" + actor + "']]/*[" + (i + 1) + "]"))
                        .getText();
            }
        }
        throw new AssertionError("There is no column " + column);
    }

    /** The page is alive: what was found may be another the next moment. Where it does not come, what the page shows instead is told. */
    void until(String what, Callable<Boolean> condition) {
        try {
            await(what)
                    .atMost(Site.LONG)
                    .ignoreExceptionsMatching(failure -> failure instanceof StaleElementReferenceException
                            || failure instanceof NoSuchElementException)
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "There was no " + what + ". The page shows:\n" + text("body") + "\n" + browser.complaints(), e);
        }
    }
}
