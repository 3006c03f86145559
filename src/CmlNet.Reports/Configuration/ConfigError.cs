namespace CmlNet.Reports.Configuration;

/// <summary>One defect of a configuration file. Line and column count from 1.</summary>
public sealed record ConfigError(string File, int Line, int Column, string Message)
{
    /// <summary>As a compiler would print it: <c>file:line:column: what</c>.</summary>
    public override string ToString() => $"{PrintableText.Of(File)}:{Line}:{Column}: {PrintableText.Of(Message)}";
}
