using System.CommandLine;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary>Options of commands by which a person decides something.</summary>
internal static class PersonOptions
{
    public static Option<string?> By() => new("--by") { Description = "In whose name, as the audit trail will say; default: who is signed in here.", HelpName = "LOGIN" };

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask." };

    public static Argument<string[]> Items() => new("ITEM") { Description = "The items: their numbers, or in full as tracker:project#number.", Arity = ArgumentArity.OneOrMore };

    public static Option<string?> Because() => new("--because") { Description = "The reason, in your words.", HelpName = "TEXT" };

    public static Option<string?> Decision() => new("--decision") { Description = "The decision's id, where it is not the latest of the item.", HelpName = "ID" };
}
