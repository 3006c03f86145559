namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>The stack of open elements, with the searches the HTML standard defines on it.</summary>
internal sealed class HtmlOpenElements(HtmlElement root)
{
    private readonly List<HtmlElement> _stack = [root];

    public HtmlElement Current => _stack[^1];

    public int Depth => _stack.Count - 1;

    public void Push(HtmlElement element)
    {
        Current.Add(element);
        _stack.Add(element);
    }

    /// <summary>Closes everything down to the element at this place of the stack, and that one too.</summary>
    public void PopThrough(int index) => _stack.RemoveRange(index, _stack.Count - index);

    /// <summary>Closes everything above the element at this place.</summary>
    public void PopAbove(int index) => PopThrough(index + 1);

    /// <summary>Place of the innermost open element that matches, or -1 when none does before a limit (or at all).</summary>
    public int Find(Predicate<HtmlElement> match, Predicate<HtmlElement> limit)
    {
        for (var i = _stack.Count - 1; i > 0; i--)
        {
            if (match(_stack[i]))
                return i;
            if (limit(_stack[i]))
                return -1;
        }

        return -1;
    }

    public int FindInScope(string name) => Find(e => e.Name == name, e => HtmlVocabulary.ScopeLimits.Contains(e.Name));

    /// <summary>Innermost open table, whatever is between.</summary>
    public int FindTable() => Find(e => e.Name == "table", _ => false);

    /// <summary>Innermost of the named elements that is part of the innermost table, or -1.</summary>
    public int FindInTable(params ReadOnlySpan<string> names)
    {
        for (var i = _stack.Count - 1; i > 0; i--)
        {
            if (names.Contains(_stack[i].Name))
                return i;
            if (_stack[i].Name == "table")
                return -1;
        }

        return -1;
    }

    public bool IsOpen(string name) => Find(e => e.Name == name, _ => false) > 0;
}
