namespace Heliotrope.Core;

/// <summary>Why something was not done, in kinds that a caller treats alike.</summary>
public enum RefusalKind
{
    /// <summary>What was given cannot be right.</summary>
    Invalid,
    /// <summary>There is no such thing, or the actor may not know of it.</summary>
    NotFound,
    /// <summary>The actor may not do this.</summary>
    Forbidden,
    /// <summary>It cannot be done in the present state.</summary>
    Conflict,
}

/// <summary>A refusal is an answer, not an error: nothing was changed.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Code">A stable code, such as <c>reply.empty</c>; screens and programs translate it.</param>
/// <param name="Detail">One English sentence for whoever reads the answer.</param>
/// <param name="Field">The field it is about, if it is about one.</param>
/// <param name="About">The piece of what was given that cannot be right, to be named; null when it is the whole.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Detail, string? Field = null, string? About = null)
{
    /// <summary>The conversation does not exist.</summary>
    /// <param name="number">The number asked for.</param>
    /// <returns>The refusal.</returns>
    public static Refusal NoConversation(long number) =>
        new(RefusalKind.NotFound, "conversation.unknown", $"There is no conversation {number}.");

    /// <summary>The actor's role does not allow this.</summary>
    public static readonly Refusal NotAllowed =
        new(RefusalKind.Forbidden, "role.insufficient", "Your role does not allow this.");

    /// <summary>What was given cannot be right.</summary>
    /// <param name="code">A stable code.</param>
    /// <param name="detail">One English sentence.</param>
    /// <param name="field">The field it is about.</param>
    /// <returns>The refusal.</returns>
    public static Refusal Invalid(string code, string detail, string? field = null) =>
        new(RefusalKind.Invalid, code, detail, field);
}

/// <summary>What may be a refusal, whatever else it would hold.</summary>
public interface IMayRefuse
{
    /// <summary>The refusal; null when it was done.</summary>
    Refusal? Refusal { get; }
}

/// <summary>Either what was asked for, or a refusal.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public readonly struct Result<T> : IMayRefuse
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <inheritdoc/>
    public Refusal? Refusal { get; }

    /// <summary>What was asked for.</summary>
    /// <exception cref="InvalidOperationException">It was refused: look at <see cref="Refusal"/> first.</exception>
    public T Value => Refusal is null
        ? _value!
        : throw new InvalidOperationException($"Refused: {Refusal.Code}. {Refusal.Detail}");

    /// <summary>Goes one way or the other.</summary>
    /// <typeparam name="TOut">What both ways lead to.</typeparam>
    /// <param name="done">When it was done.</param>
    /// <param name="refused">When it was refused.</param>
    /// <returns>What the way taken gave.</returns>
    public TOut Match<TOut>(Func<T, TOut> done, Func<Refusal, TOut> refused) =>
        Refusal is null ? done(_value!) : refused(Refusal);

    /// <summary>Done, with this.</summary>
    /// <param name="value">What was asked for.</param>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Refused, because of this.</summary>
    /// <param name="refusal">The refusal.</param>
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
