namespace CmlNet.Containers;

public enum LeftoverKind
{
    Container,
    Network,
}
