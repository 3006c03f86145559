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

    /// <summary>Does something with each item, in any order. Who has nothing to do takes the next one, which is only made then.</summary>
    /// <param name="items">Asked by one thread at a time.</param>
    /// <param name="jobs">Threads.</param>
    /// <param name="work">What to do; after it threw, no further item is begun.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static void Each<T>(IEnumerable<T> items, int jobs, Action<T> work, CancellationToken cancellationToken)
        where T : class
    {
        using IEnumerator<T> rest = items.GetEnumerator();
        var turn = new Lock();
        bool isOver = false;
        T? Next()
        {
            lock (turn)
            {
                isOver = isOver || !rest.MoveNext();
                return isOver ? null : rest.Current;
            }
        }

        void Take()
        {
            try
            {
                while (Next() is { } item)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    work(item);
                }
            }
            catch
            {
                lock (turn)
                    isOver = true;
                throw;
            }
        }

        Run(() => Parallel.Invoke([.. Enumerable.Repeat<Action>(Take, Math.Max(1, jobs))]));
    }
}
