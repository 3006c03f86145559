using System.Text;

namespace CmlNet.Workflows.Execution.Masking;

/// <summary>Replaces secrets by <c>***</c> in everything that leaves a job: logs, annotations, summaries, errors. Thread-safe.</summary>
/// <remarks>
/// A secret is hidden in every encoding of <see cref="SecretEncodings"/>. Each line of a multi-line secret counts as a secret, since logs are written by lines.
/// One-character lines (the braces of a JSON key file) are left alone: masking them hides nothing and ruins the log.
/// </remarks>
public sealed class SecretMasker
{
    public const string Mark = "***";

    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    // Newest last, each more than twice as large as the next: adding one secret rebuilds a small set, not all of them.
    private volatile SecretPatterns[] _sets = [];

    /// <summary>The longest form that can be found, in UTF-16 units; 0 without secrets.</summary>
    internal int LongestLength => _sets.Length == 0 ? 0 : _sets.Max(static set => set.LongestLength);

    /// <summary>From now on hides the value, its encodings, and its lines. Blank values are ignored.</summary>
    public void Add(string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return;

        lock (_lock)
        {
            var added = new List<string>();
            AddForms(value, added);
            string[] lines = value.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length > 1 || lines[0].Length != value.Length)
            {
                foreach (string line in lines.Where(static line => line.Length > 1))
                    AddForms(line, added);
            }

            if (added.Count > 0)
                _sets = Merge(_sets, added);
        }
    }

    /// <summary>
    /// The text with every secret replaced; overlapping and touching occurrences become one mark. What only shows once control characters
    /// are gone, as a terminal or a page shows it, is hidden too: such a text comes back without them.
    /// </summary>
    public string Mask(string text)
    {
        string masked = Replace(text);
        if (_sets.Length == 0 || !ControlText.NeedsCleaning(masked))
            return masked;
        string shown = ControlText.Strip(masked);
        return Contains(shown) ? Replace(shown) : masked;
    }

    /// <summary>Whether a secret occurs, in any form.</summary>
    public bool Contains(string text) => FindSpans(text).Count > 0;

    /// <summary>Where secrets are: in order, merged, none touching another.</summary>
    internal List<TextSpan> FindSpans(ReadOnlySpan<char> text)
    {
        var found = new List<TextSpan>();
        SecretPatterns[] sets = _sets;
        foreach (SecretPatterns set in sets)
            set.Find(text, found);
        return sets.Length > 1 && found.Count > 1 ? MergeSpans(found) : found;
    }

    private string Replace(string text)
    {
        List<TextSpan> spans = FindSpans(text);
        if (spans.Count == 0)
            return text;

        var masked = new StringBuilder(text.Length);
        int position = 0;
        foreach (TextSpan span in spans)
        {
            masked.Append(text, position, span.Start - position).Append(Mark);
            position = span.End;
        }

        return masked.Append(text, position, text.Length - position).ToString();
    }

    private void AddForms(string value, List<string> added)
    {
        foreach (string form in SecretEncodings.Of(value))
        {
            if (!string.IsNullOrWhiteSpace(form) && _known.Add(form))
                added.Add(form);
        }
    }

    private static SecretPatterns[] Merge(SecretPatterns[] sets, List<string> added)
    {
        int keep = sets.Length;
        while (keep > 0 && sets[keep - 1].Values.Count <= added.Count * 2)
            added.AddRange(sets[--keep].Values);
        return [.. sets[..keep], new SecretPatterns(added)];
    }

    private static List<TextSpan> MergeSpans(List<TextSpan> spans)
    {
        spans.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        var merged = new List<TextSpan> { spans[0] };
        foreach (TextSpan span in spans)
        {
            if (span.Start <= merged[^1].End)
                merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, span.End) };
            else
                merged.Add(span);
        }

        return merged;
    }
}
