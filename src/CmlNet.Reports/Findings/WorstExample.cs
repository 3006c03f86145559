namespace CmlNet.Reports.Findings;

/// <summary>A row that the model got most wrong.</summary>
/// <param name="Row">Its id, or line.</param>
/// <param name="Actual">True value.</param>
/// <param name="Predicted">Predicted value.</param>
/// <param name="Score">Probability of the true class, or the error; null without either.</param>
/// <param name="Baseline">What the baseline said; null when it is not known.</param>
internal sealed record WorstExample(string Row, string Actual, string Predicted, double? Score, string? Baseline);
