namespace CmlNet.Reports.Contracts;

/// <summary>A rule that the data breaks.</summary>
/// <param name="Column">Whose.</param>
/// <param name="Rule">What was demanded.</param>
/// <param name="Found">What is there.</param>
internal sealed record ContractViolation(string Column, string Rule, string Found);
