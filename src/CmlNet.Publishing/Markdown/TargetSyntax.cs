namespace CmlNet.Publishing.Markdown;

internal enum TargetSyntax
{
    /// <summary>A Markdown link destination, bare or between angle brackets.</summary>
    Markdown,

    /// <summary>An HTML attribute between double quotes.</summary>
    DoubleQuoted,

    /// <summary>An HTML attribute between single quotes.</summary>
    SingleQuoted,

    /// <summary>An HTML attribute without quotes.</summary>
    Unquoted,
}
