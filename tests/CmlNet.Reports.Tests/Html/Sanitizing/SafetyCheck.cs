using CmlNet.Reports.Html.Sanitizing;

namespace CmlNet.Reports.Tests.Html.Sanitizing;

/// <summary>Reads output again, token by token, and says what is wrong with it; null when nothing is.</summary>
internal static class SafetyCheck
{
    public static string? Problem(string html, bool ours = false)
    {
        var open = new Stack<string>();
        foreach (var token in new HtmlTokenizer(html).Tokens())
        {
            switch (token.Kind)
            {
                case HtmlTokenKind.StartTag:
                    if (!HtmlVocabulary.Allowed.Contains(token.Value) && !(ours && token.Value == "input"))
                        return $"element <{token.Value}>";
                    if (token.Attributes.Select(a => AttributeProblem(token.Value, a.Key, a.Value, ours)).FirstOrDefault(p => p is not null) is { } problem)
                        return problem;
                    if (!HtmlVocabulary.Void.Contains(token.Value))
                        open.Push(token.Value);
                    break;
                case HtmlTokenKind.EndTag:
                    if (open.Count == 0 || open.Pop() != token.Value)
                        return $"unbalanced </{token.Value}>";
                    break;
            }
        }

        return open.Count == 0 ? null : $"unclosed <{open.Peek()}>";
    }

    private static string? AttributeProblem(string element, string name, string value, bool ours)
    {
        if (ours && (name == "class" || element == "input"))
            return null;
        if (!AttributePolicy.IsAllowed(element, name))
            return $"attribute {name} on <{element}>";
        return name switch
        {
            "href" when UrlPolicy.Link(value) != value => $"href {value}",
            "src" or "longdesc" when UrlPolicy.Image(value) != value => $"src {value}",
            "srcset" when SrcSet.Sanitize(value) != value => $"srcset {value}",
            "id" or "name" when !value.StartsWith(HtmlSanitizer.DefaultIdPrefix, StringComparison.Ordinal) => $"{name} {value}",
            _ => null,
        };
    }
}
