namespace Heliotrope.Core.OwnFields;

/// <summary>A value of a field of this desk's own, wherever it hangs.</summary>
public abstract class KeptValue
{
    /// <summary>The field.</summary>
    public long FieldId { get; init; }

    /// <summary>The value, in the one form in which it is kept.</summary>
    public string Value { get; private set; } = "";

    /// <summary>The value as a number, to be compared; null for all but numbers.</summary>
    public double? Number { get; private set; }

    /// <summary>Keeps a value.</summary>
    /// <param name="value">The value.</param>
    public void Keep(FieldValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (Value, Number) = (value.Text, value.Number);
    }
}

/// <summary>A value that a customer has.</summary>
public sealed class CustomerFieldValue : KeptValue
{
    /// <summary>Whose it is.</summary>
    public long CustomerId { get; init; }
}

/// <summary>A value that an organisation has.</summary>
public sealed class OrganisationFieldValue : KeptValue
{
    /// <summary>Whose it is.</summary>
    public long OrganisationId { get; init; }
}

/// <summary>A value that a conversation has.</summary>
public sealed class ConversationFieldValue : KeptValue
{
    /// <summary>Whose it is.</summary>
    public long ConversationNumber { get; init; }
}
