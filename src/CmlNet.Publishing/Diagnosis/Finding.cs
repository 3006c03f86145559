namespace CmlNet.Publishing.Diagnosis;

/// <summary>One thing that a diagnosis saw.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Subject">What it is about, in one or two words.</param>
/// <param name="Text">What was seen, and what to do where it is not as it should be.</param>
public sealed record Finding(FindingLevel Level, string Subject, string Text);
