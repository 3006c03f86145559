namespace CmlNet.Containers;

public enum StandardStream
{
    Output = 1,
    Error = 2,
}
