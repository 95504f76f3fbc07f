package giga.diffusion.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values (RFC 4180) as Python's csv module reads them, whose files these are: blanks after a comma are
 * skipped, quotes count only around a whole field, and what follows a closing quote belongs to the field.
 */
final class Csv {
    private final String text;
    private int position;

    private Csv(String text) {
        this.text = text;
    }

    /** Without the empty rows. */
    static List<List<String>> rows(String text) {
        Csv csv = new Csv(text);
        List<List<String>> rows = new ArrayList<>();
        while (csv.position < text.length()) {
            List<String> row = csv.row();
            if (!row.equals(List.of(""))) rows.add(row);
        }
        return rows;
    }

    private List<String> row() {
        List<String> fields = new ArrayList<>();
        do fields.add(field());
        while (accept(','));
        if (accept('\r')) accept('\n');
        else accept('\n');
        return fields;
    }

    private String field() {
        while (accept(' ')) continue;
        StringBuilder field = new StringBuilder();
        if (accept('"')) quoted(field);
        while (position < text.length() && ",\r\n".indexOf(text.charAt(position)) < 0)
            field.append(text.charAt(position++));
        return field.toString();
    }

    /** Up to the closing quote, or to the end where there is none; a doubled quote is a plain one. */
    private void quoted(StringBuilder field) {
        while (position < text.length()) {
            char sign = text.charAt(position++);
            if (sign == '"' && !accept('"')) return;
            field.append(sign);
        }
    }

    private boolean accept(char sign) {
        boolean here = position < text.length() && text.charAt(position) == sign;
        if (here) position++;
        return here;
    }
}
