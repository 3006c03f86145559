namespace CmlNet.Workflows.Model;

/// <summary>A YAML value as GitHub's template language sees it: literals, sequences, mappings and expressions, each with its place.</summary>
public abstract record TemplateToken(SourceLocation Location);

/// <summary>A string literal; also what null, booleans and numbers become where the schema wants a string.</summary>
public sealed record StringToken(SourceLocation Location, string Value) : TemplateToken(Location);

public sealed record NumberToken(SourceLocation Location, double Value) : TemplateToken(Location);

public sealed record BooleanToken(SourceLocation Location, bool Value) : TemplateToken(Location);

public sealed record NullToken(SourceLocation Location) : TemplateToken(Location);

public sealed record SequenceToken(SourceLocation Location, IReadOnlyList<TemplateToken> Items) : TemplateToken(Location);

public sealed record MappingToken(SourceLocation Location, IReadOnlyList<KeyValuePair<TemplateToken, TemplateToken>> Items) : TemplateToken(Location);

/// <summary>An expression without <c>${{ }}</c>; text mixed with expressions has become <c>format('…', …)</c>.</summary>
public sealed record ExpressionToken(SourceLocation Location, string Expression) : TemplateToken(Location);

/// <summary>A value that could not be read, which has been told.</summary>
internal sealed record UnreadToken(SourceLocation Location) : TemplateToken(Location);

/// <summary>The key <c>${{ insert }}</c>.</summary>
public sealed record InsertToken(SourceLocation Location) : TemplateToken(Location);
