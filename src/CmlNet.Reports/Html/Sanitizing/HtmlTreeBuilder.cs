namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>
/// Builds the tree of allowed elements from hostile tokens. It nests as the HTML standard's tree construction does (implied end
/// tags, scopes, table structure), so that a browser that reads the written tree builds the same tree again: nothing can
/// close or move what is around it, and nothing changes meaning on the second reading.
/// </summary>
/// <param name="policy">Decides about attributes.</param>
/// <param name="mark">Attribute name that only our own renderer can have written, or null.</param>
internal sealed class HtmlTreeBuilder(AttributePolicy policy, string? mark)
{
    // Browsers stop nesting at 512 levels; nobody reads at 60.
    private const int MaximumDepth = 60;

    // A table needs room for its section, row and cell, or its content would stand where none may.
    private const int RoomForTable = 6;

    private readonly HtmlElement _root = new("#root");
    private string? _dropping;
    private int _dropDepth;
    private bool _ignoreLineFeed;
    private HtmlOpenElements _open = new(new("#root"));

    public HtmlElement Build(IEnumerable<HtmlToken> tokens)
    {
        _open = new HtmlOpenElements(_root);
        foreach (var token in tokens)
        {
            if (IsDropped(token))
                continue;
            var ignoreLineFeed = _ignoreLineFeed;
            _ignoreLineFeed = false;
            switch (token.Kind)
            {
                case HtmlTokenKind.Text:
                    AddText(ignoreLineFeed && token.Value.StartsWith('\n') ? token.Value[1..] : token.Value);
                    break;
                case HtmlTokenKind.StartTag:
                    Start(token);
                    break;
                default:
                    End(token.Value);
                    break;
            }
        }

        return _root;
    }

    private bool IsDropped(HtmlToken token)
    {
        if (_dropping is null)
        {
            if (token.Kind == HtmlTokenKind.StartTag && HtmlVocabulary.DroppedWithContent.Contains(token.Value))
                (_dropping, _dropDepth) = (token.Value, 1);
            return _dropping is not null;
        }

        if (token.Kind != HtmlTokenKind.Text && token.Value == _dropping)
            _dropDepth += token.Kind == HtmlTokenKind.StartTag ? 1 : -1;
        if (_dropDepth == 0)
            _dropping = null;
        return true;
    }

    private void AddText(string text)
    {
        if (text.Length == 0)
            return;
        if (HtmlVocabulary.TableStructure.Contains(_open.Current.Name))
        {
            if (string.IsNullOrWhiteSpace(text))
                return;
            OpenImpliedCell();
        }

        if (_open.Current.Children is [.., HtmlTextNode last])
            last.Append(text);
        else
            _open.Current.Add(new HtmlTextNode(text));
    }

    private void Start(HtmlToken tag)
    {
        var name = tag.Value;
        var marked = mark is null ? null : Marked(tag);
        if (!HtmlVocabulary.Allowed.Contains(name) && !(name == "input" && marked is not null))
            return;
        if (HtmlVocabulary.TableParts.Contains(name))
        {
            if (!PrepareTablePart(name))
                return;
        }
        else
        {
            PrepareBodyPart(name);
        }

        var element = new HtmlElement(name) { Mark = marked };
        policy.Apply(tag, element);
        if (HtmlVocabulary.Void.Contains(name))
            _open.Current.Add(element);
        else if (_open.Depth < (name == "table" ? MaximumDepth - RoomForTable : MaximumDepth))
            _open.Push(element);
        _ignoreLineFeed = name == "pre";
    }

    private string? Marked(HtmlToken tag)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (attribute.Key == mark)
                return attribute.Value;
        }

        return null;
    }

    private void PrepareBodyPart(string name)
    {
        if (HtmlVocabulary.TableStructure.Contains(_open.Current.Name))
        {
            if (name == "table")
                _open.PopThrough(_open.FindTable());
            else
                OpenImpliedCell();
        }

        switch (name)
        {
            case "li":
                CloseItem("li", "li");
                break;
            case "dd" or "dt":
                CloseItem("dd", "dt");
                break;
            case "a":
                CloseThrough(_open.Find(e => e.Name == "a", e => e.Name is "td" or "th" or "caption"));
                break;
            case "rt" or "rp":
                CloseRubyText();
                break;
        }

        if (HtmlVocabulary.EndsParagraph.Contains(name))
            CloseThrough(_open.FindInScope("p"));
        if (HtmlVocabulary.Headings.Contains(name) && HtmlVocabulary.Headings.Contains(_open.Current.Name))
            _open.PopThrough(_open.Depth);
    }

    private void CloseThrough(int index)
    {
        if (index > 0)
            _open.PopThrough(index);
    }

    private void CloseItem(string one, string other) =>
        CloseThrough(_open.Find(
            e => e.Name == one || e.Name == other,
            e => HtmlVocabulary.Special.Contains(e.Name) && e.Name is not ("div" or "p")));

    private void CloseRubyText()
    {
        if (_open.FindInScope("ruby") < 0)
            return;
        while (_open.Current.Name is "dd" or "dt" or "li" or "p" or "rp" or "rt")
            _open.PopThrough(_open.Depth);
    }

    // Text or an element where only table parts may stand: it gets a cell of its own.
    private void OpenImpliedCell()
    {
        if (PrepareTablePart("td"))
            _open.Push(new HtmlElement("td"));
    }

    // Closes and opens what must be closed and open before this part of a table; false when there is no table.
    private bool PrepareTablePart(string name)
    {
        var table = _open.FindTable();
        if (table < 0)
            return false;
        switch (name)
        {
            case "td" or "th":
                if (_open.FindInTable("tr") < 0 && PrepareTablePart("tr"))
                    _open.Push(new HtmlElement("tr"));
                _open.PopAbove(_open.FindInTable("tr"));
                break;
            case "tr":
                var section = _open.FindInTable("tbody", "thead", "tfoot");
                _open.PopAbove(section < 0 ? table : section);
                if (section < 0)
                    _open.Push(new HtmlElement("tbody"));
                break;
            default:
                _open.PopAbove(table);
                break;
        }

        return true;
    }

    private void End(string name)
    {
        if (name == "br")
        {
            Start(new HtmlToken(HtmlTokenKind.StartTag, "br", []));
            return;
        }

        if (!HtmlVocabulary.Allowed.Contains(name) || HtmlVocabulary.Void.Contains(name))
            return;
        CloseThrough(name switch
        {
            "li" => _open.Find(e => e.Name == "li", e => e.Name is "ol" or "ul" || HtmlVocabulary.ScopeLimits.Contains(e.Name)),
            "table" => _open.FindTable(),
            "td" or "th" or "caption" or "tr" or "thead" or "tbody" or "tfoot" => _open.FindInTable(name),
            _ when HtmlVocabulary.Headings.Contains(name) =>
                _open.Find(e => HtmlVocabulary.Headings.Contains(e.Name), e => HtmlVocabulary.ScopeLimits.Contains(e.Name)),
            _ when HtmlVocabulary.Formatting.Contains(name) || HtmlVocabulary.Special.Contains(name) => _open.FindInScope(name),
            _ => _open.Find(e => e.Name == name, e => HtmlVocabulary.Special.Contains(e.Name)),
        });
    }
}
