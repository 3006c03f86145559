namespace CmlNet.Containers.Options;

/// <summary>One flag of <c>docker create</c>. <see cref="Apply"/> throws <see cref="FormatException"/> for a value it does not understand.</summary>
internal sealed record OptionFlag(string Name, char? Short, bool TakesValue, Func<OptionDraft, string, OptionDraft> Apply);
