using System.Runtime.ExceptionServices;

namespace CmlNet.Dvc.Storage;

/// <summary>Work on several cores that fails as if it were done on one: with the first of what went wrong, which callers know, and not with a list of it.</summary>
internal static class ParallelWork
{
    public static void Run(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
