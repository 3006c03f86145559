namespace CmlNet.Cli;

/// <summary>The version as <c>cml --version</c> prints it. <see cref="Text"/> is written by the build: reading the assembly's attributes takes milliseconds at every start.</summary>
internal static partial class CmlVersion;
