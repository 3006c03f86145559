using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Planning;

/// <summary>One combination of a matrix: the <c>matrix</c> context of a job, and the values that tell its name from the others'.</summary>
public sealed record MatrixLeg(ObjectValue Values, IReadOnlyList<string> NameParts);
