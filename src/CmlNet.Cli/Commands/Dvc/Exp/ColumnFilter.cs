using System.Text.RegularExpressions;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>Which columns of a table of experiments are shown.</summary>
/// <param name="drop">Columns that begin like this regular expression are left out; null for none.</param>
/// <param name="keep">Columns that begin like this one stay, whatever else is asked for; null for none.</param>
/// <param name="onlyChanged">Columns that are the same everywhere are left out.</param>
internal sealed class ColumnFilter(string? drop, string? keep, bool onlyChanged)
{
    private readonly Regex? _drop = Read(drop, "--drop"), _keep = Read(keep, "--keep");

    /// <param name="name">The column.</param>
    /// <param name="values">What stands in it.</param>
    public bool Shows(string name, IEnumerable<string> values) =>
        _keep?.IsMatch(name) == true || (_drop?.IsMatch(name) != true && (!onlyChanged || values.Distinct(StringComparer.Ordinal).Skip(1).Any()));

    /// <summary>A column that is there for every experiment.</summary>
    public bool ShowsFixed(string name) => _keep?.IsMatch(name) == true || _drop?.IsMatch(name) != true;

    // As Python's re.match: from the beginning. One that could run for ever is refused.
    private static Regex? Read(string? pattern, string option)
    {
        try
        {
            return pattern is null ? null : new Regex($"^(?:{pattern})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new DvcException($"{option} '{pattern}': {e.Message}", DvcException.Usage, e);
        }
    }
}
