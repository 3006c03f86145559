using System.Collections.Frozen;

namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>Which attributes survive, and what becomes of their values.</summary>
/// <param name="idPrefix">Put before every id and name, so that a comment can name nothing of the page around it.</param>
/// <param name="keepImageReferences">Leaves image addresses to a later step that replaces every one of them.</param>
internal sealed class AttributePolicy(string idPrefix, bool keepImageReferences)
{
    public static readonly FrozenSet<string> Global =
        ("align alt border colspan rowspan height width valign title name open lang dir media role aria-label aria-hidden " +
         "aria-describedby aria-labelledby start type id").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, FrozenSet<string>> PerElement = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
    {
        ["a"] = new[] { "href", "rel" }.ToFrozenSet(StringComparer.Ordinal),
        ["img"] = new[] { "src", "longdesc", "loading" }.ToFrozenSet(StringComparer.Ordinal),
        ["source"] = new[] { "srcset" }.ToFrozenSet(StringComparer.Ordinal),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public void Apply(HtmlToken tag, HtmlElement element)
    {
        foreach (var (name, value) in tag.Attributes)
        {
            if (name != "rel" && IsAllowed(element.Name, name) && Value(name, value) is { } safe)
                element.Attributes.Add(new(name, safe));
        }

        if (element.Name == "a" && element.Attribute("href") is { } href && UrlPolicy.Scheme(href) is "http" or "https")
            element.Attributes.Add(new("rel", "nofollow noopener noreferrer"));
    }

    public static bool IsAllowed(string element, string attribute) =>
        Global.Contains(attribute) || (PerElement.TryGetValue(element, out var own) && own.Contains(attribute));

    private string? Value(string name, string value) => name switch
    {
        "href" => Href(value),
        "src" => keepImageReferences ? UrlPolicy.Clean(value) : UrlPolicy.Image(value),
        "longdesc" => UrlPolicy.Image(value),
        "srcset" => keepImageReferences ? value : SrcSet.Sanitize(value),
        "id" or "name" => Prefixed(value),
        "aria-describedby" or "aria-labelledby" => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Prefixed)),
        _ => value,
    };

    private string? Href(string value) =>
        UrlPolicy.Link(value) is { } link ? link.Length > 1 && link[0] == '#' ? "#" + Prefixed(link[1..]) : link : null;

    private string Prefixed(string id)
    {
        var clean = UrlPolicy.Clean(id);
        return clean.StartsWith(idPrefix, StringComparison.Ordinal) ? clean : idPrefix + clean;
    }
}
