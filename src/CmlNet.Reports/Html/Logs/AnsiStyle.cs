using System.Globalization;
using System.Text;

namespace CmlNet.Reports.Html.Logs;

/// <summary>How text looks after the "select graphic rendition" sequences seen so far (ECMA-48 §8.3.117).</summary>
/// <param name="Foreground">0-15 of the palette, or null for the default.</param>
/// <param name="Background">0-15 of the palette, or null for the default.</param>
/// <param name="ForegroundRgb">A 24-bit colour that overrides <paramref name="Foreground"/>.</param>
/// <param name="BackgroundRgb">A 24-bit colour that overrides <paramref name="Background"/>.</param>
internal readonly record struct AnsiStyle(
    int? Foreground, int? Background, int? ForegroundRgb, int? BackgroundRgb,
    bool Bold, bool Dim, bool Italic, bool Underline, bool Inverse, bool Strike)
{
    public bool IsPlain => this == default;

    /// <summary>The style after one sequence's parameters, for example <c>1;31</c>. Unknown parameters change nothing.</summary>
    public AnsiStyle After(ReadOnlySpan<int> codes)
    {
        var style = this;
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] is 38 or 48)
                style = style.WithExtended(codes, ref i);
            else
                style = style.With(codes[i]);
        }

        return style;
    }

    /// <summary>Opening tag of a span with this look.</summary>
    public void WriteOpen(StringBuilder output)
    {
        // Inverse swaps the two; a default colour swaps to a class, since only the style sheet knows it.
        var (front, frontRgb, back, backRgb) = Inverse
            ? (Background, BackgroundRgb, Foreground, ForegroundRgb)
            : (Foreground, ForegroundRgb, Background, BackgroundRgb);
        var classes = new List<string>();
        if (front is { } f && frontRgb is null)
            classes.Add(string.Create(CultureInfo.InvariantCulture, $"f{f}"));
        if (back is { } b && backRgb is null)
            classes.Add(string.Create(CultureInfo.InvariantCulture, $"b{b}"));
        if (Inverse)
            classes.Add("inv");
        if (Bold)
            classes.Add("bold");
        if (Dim)
            classes.Add("dim");
        if (Italic)
            classes.Add("ital");
        if (Underline)
            classes.Add("under");
        if (Strike)
            classes.Add("strike");
        output.Append("<span");
        if (classes.Count > 0)
            output.Append(" class=\"").AppendJoin(' ', classes).Append('"');
        if (frontRgb is not null || backRgb is not null)
        {
            output.Append(" style=\"");
            if (frontRgb is { } fc)
                output.Append(CultureInfo.InvariantCulture, $"color:#{fc:x6};");
            if (backRgb is { } bc)
                output.Append(CultureInfo.InvariantCulture, $"background:#{bc:x6};");
            output.Append('"');
        }

        output.Append('>');
    }

    private AnsiStyle With(int code) => code switch
    {
        0 => default,
        1 => this with { Bold = true },
        2 => this with { Dim = true },
        3 => this with { Italic = true },
        4 or 21 => this with { Underline = true },
        7 => this with { Inverse = true },
        9 => this with { Strike = true },
        22 => this with { Bold = false, Dim = false },
        23 => this with { Italic = false },
        24 => this with { Underline = false },
        27 => this with { Inverse = false },
        29 => this with { Strike = false },
        >= 30 and <= 37 => this with { Foreground = code - 30, ForegroundRgb = null },
        39 => this with { Foreground = null, ForegroundRgb = null },
        >= 40 and <= 47 => this with { Background = code - 40, BackgroundRgb = null },
        49 => this with { Background = null, BackgroundRgb = null },
        >= 90 and <= 97 => this with { Foreground = code - 82, ForegroundRgb = null },
        >= 100 and <= 107 => this with { Background = code - 92, BackgroundRgb = null },
        _ => this,
    };

    // 38;5;N picks from 256 colours, 38;2;R;G;B gives one; 48 the same for the background.
    private AnsiStyle WithExtended(ReadOnlySpan<int> codes, ref int i)
    {
        var background = codes[i] == 48;
        var kind = i + 1 < codes.Length ? codes[i + 1] : 0;
        if (kind == 5 && i + 2 < codes.Length)
        {
            var index = Math.Clamp(codes[i + 2], 0, 255);
            i += 2;
            return index < 16 ? Indexed(index, background) : Coloured(Palette(index), background);
        }

        if (kind == 2 && i + 4 < codes.Length)
        {
            var rgb = (Byte(codes[i + 2]) << 16) | (Byte(codes[i + 3]) << 8) | Byte(codes[i + 4]);
            i += 4;
            return Coloured(rgb, background);
        }

        i = codes.Length;
        return this;
    }

    private AnsiStyle Indexed(int index, bool background) => background
        ? this with { Background = index, BackgroundRgb = null }
        : this with { Foreground = index, ForegroundRgb = null };

    private AnsiStyle Coloured(int rgb, bool background) => background
        ? this with { BackgroundRgb = rgb }
        : this with { ForegroundRgb = rgb };

    private static int Byte(int value) => Math.Clamp(value, 0, 255);

    // xterm's palette: a 6x6x6 cube from 16, then 24 greys.
    private static int Palette(int index)
    {
        if (index >= 232)
            return (8 + ((index - 232) * 10)) * 0x010101;
        var cube = index - 16;
        return (Level(cube / 36) << 16) | (Level(cube / 6 % 6) << 8) | Level(cube % 6);
    }

    private static int Level(int step) => step == 0 ? 0 : 55 + (step * 40);
}
