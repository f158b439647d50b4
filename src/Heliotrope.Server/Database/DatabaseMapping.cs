using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class ConversationMapping : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("Conversations").HasKey(c => c.Number);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.Attention).HasConversion<int>(); // sorted by: the higher comes first
        builder.Ignore(c => c.Clock).Ignore(c => c.IsResolved);
        builder.HasOne(c => c.Customer).WithMany().HasForeignKey(c => c.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.AssigneeId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(c => c.Entries).WithOne().HasForeignKey(e => e.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => new { c.State, c.Attention, c.WaitingSince, c.Number });
        builder.HasIndex(c => new { c.State, c.LastActivityAt, c.Number });
        builder.HasIndex(c => new { c.LastActivityAt, c.Number });
        builder.HasIndex(c => c.HappinessStartedAt);
        builder.HasIndex(c => new { c.HappinessEnd, c.LastAnswerAt });
    }
}

internal sealed class EntryMapping : IEntityTypeConfiguration<Entry>
{
    public void Configure(EntityTypeBuilder<Entry> builder)
    {
        builder.ToTable("Entries");
        builder.HasMany(e => e.Attachments).WithOne().HasForeignKey(a => a.EntryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<RawMail>().WithMany().HasForeignKey(e => e.RawMailId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(e => new { e.ConversationNumber, e.Id });
        builder.HasIndex(e => e.MessageId);
    }
}

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder) => builder.ToTable("Attachments");
}

internal sealed class CustomerMapping : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("Customers");
        builder.HasMany(c => c.Addresses).WithOne().HasForeignKey(a => a.CustomerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CustomerAddressMapping : IEntityTypeConfiguration<CustomerAddress>
{
    public void Configure(EntityTypeBuilder<CustomerAddress> builder)
    {
        builder.ToTable("CustomerAddresses");
        builder.HasIndex(a => a.Address).IsUnique();
    }
}

internal sealed class RawMailMapping : IEntityTypeConfiguration<RawMail>
{
    public void Configure(EntityTypeBuilder<RawMail> builder)
    {
        builder.ToTable("RawMail");
        builder.HasIndex(m => new { m.MessageId, m.ContentHash }).IsUnique();
    }
}

internal sealed class QuarantineMapping : IEntityTypeConfiguration<QuarantinedMail>
{
    public void Configure(EntityTypeBuilder<QuarantinedMail> builder)
    {
        builder.ToTable("Quarantine");
        builder.HasOne<RawMail>().WithMany().HasForeignKey(q => q.RawMailId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OutboxMapping : IEntityTypeConfiguration<OutboxMail>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.ToTable("Outbox");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(o => o.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Entry>().WithMany().HasForeignKey(o => o.EntryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<OutboxMail>().WithMany().HasForeignKey(o => o.AfterId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(o => new { o.State, o.NextTryAt });
        builder.HasIndex(o => o.MessageId).IsUnique();
    }
}

internal sealed class ConfidenceCheckMapping : IEntityTypeConfiguration<ConfidenceCheck>
{
    public void Configure(EntityTypeBuilder<ConfidenceCheck> builder)
    {
        builder.ToTable("ConfidenceChecks");
        builder.Ignore(c => c.Answers);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(c => c.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => c.TokenHash).IsUnique();
    }
}

internal sealed class SettingMapping : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> builder) => builder.ToTable("Settings").HasKey(s => s.Key);
}

internal sealed class OurAddressMapping : IEntityTypeConfiguration<OurAddress>
{
    public void Configure(EntityTypeBuilder<OurAddress> builder)
    {
        builder.ToTable("OurAddresses");
        builder.HasIndex(a => a.Address).IsUnique();
    }
}

internal sealed class PlatformMapping : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<AuditLine>, IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.HasIndex(k => k.Hash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AuditLine> builder) => builder.ToTable("Audit");

    public void Configure(EntityTypeBuilder<ProtectionKey> builder) => builder.ToTable("ProtectionKeys");
}

internal sealed class IdentityMapping : IEntityTypeConfiguration<User>, IEntityTypeConfiguration<IdentityUserToken<long>>, IEntityTypeConfiguration<IdentityUserLogin<long>>
{
    // Long enough for any provider, short enough for any index.
    private const int Longest = 128;

    public void Configure(EntityTypeBuilder<User> builder) => builder.Property(u => u.CreatedAt).IsRequired();

    public void Configure(EntityTypeBuilder<IdentityUserToken<long>> builder)
    {
        builder.Property(t => t.LoginProvider).HasMaxLength(Longest);
        builder.Property(t => t.Name).HasMaxLength(Longest);
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> builder)
    {
        builder.Property(t => t.LoginProvider).HasMaxLength(Longest);
        builder.Property(t => t.ProviderKey).HasMaxLength(Longest);
    }
}
