package giga.redraw.inspect.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void whatCouldBeReadAsMarkupIsWrittenOut() {
        assertThat(Html.text("<script>alert('1')</script> & \"x\" ☕"))
                .isEqualTo("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot; ☕");
        assertThat(Html.text("a\u0000b\u202Ec\uD800d\ne")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\ne");
    }

    @Property
    void noTextOpensATagOrEndsAnAttribute(@ForAll String any) {
        assertThat(Html.text(any)).doesNotContain("<", ">", "\"", "'");
    }
}
