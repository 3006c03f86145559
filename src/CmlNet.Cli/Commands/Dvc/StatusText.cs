using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>DVC's indented form of a status.</summary>
internal static class StatusText
{
    private const int Width = 20;

    public static void Write(TextWriter output, DvcValue status, int depth = 0)
    {
        string indent = new('\t', depth);
        foreach (DvcValue item in status.Items)
        {
            if (item.Kind == DvcValueKind.Text)
                output.Write($"{indent}{item.Text}\n");
            else
                Write(output, item, depth);
        }

        foreach ((string key, DvcValue value) in status.Entries)
        {
            if (value.Kind == DvcValueKind.Text)
            {
                output.Write($"{indent}{(value.Text + ":").PadRight(Width)}{key}\n");
                continue;
            }

            output.Write($"{indent}{key}:\n");
            Write(output, value, depth + 1);
        }
    }
}
