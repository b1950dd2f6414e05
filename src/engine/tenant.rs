//! The tenant of a batch in the pass: put on every resource, and taken out of what a client says.
//!
//! Must not know how a tenant was found. Keeps I2: a name that only the policy may set is gone from every place of a
//! batch, or the batch is refused. Keeps I7: the policy's own attribute is known again by its very name and value.
//!
//! Attributes are marked before anything else looks at the group, so that no rule reads a forged value. What lies inside
//! a value is stripped by the stage for itself, whose input is what normalisation left; where all stages run at once it
//! is only looked for, and a batch that has it goes through the stages one by one.

use super::pass::Pass;
use super::split::Resources;
use crate::admission::Tenant;
use crate::error::BatchError;
use crate::otlp::{
    Attribute, Content, Group, NewValue, Slot, Value, log_record, put_key_value, put_resource, resource,
};
use crate::policy::{Forged, NameId, Plan, Tenancy, UNNAMED};
use crate::rules::tenant::{is_named, strip_attribute, strip_body};
use crate::wire::{Edits, Message, Span};

/// The number of an attribute that goes since a client may not set its name.
pub(super) const FORGED: NameId = UNNAMED - 1;

const REFUSED: &str = "a name that only the policy may set";

/// What the pass knows about the tenant.
#[derive(Debug)]
pub(super) struct Stamp<'w> {
    /// Whose the batch is.
    tenant: Option<&'w Tenant>,
    /// Where a reserved name was first seen inside a value.
    pub(super) inside: Option<u32>,
    /// Messages that are open around groups; the first is a `ResourceLogs`.
    open: u32,
    resource_logs: Option<Message>,
    has_resource: bool,
    /// The resource that was marked last has the tenant already.
    is_stamped: bool,
    /// Where the tenant is only looked for.
    pub(super) resources: Option<Resources>,
}

impl<'w> Stamp<'w> {
    pub(super) fn new(tenant: Option<&'w Tenant>) -> Self {
        let (inside, resource_logs, resources) = (None, None, None);
        Self { tenant, inside, open: 0, resource_logs, has_resource: false, is_stamped: false, resources }
    }

    /// Looks for the tenant.
    pub(super) fn search() -> Self {
        Self { resources: Some(Resources::default()), ..Self::new(None) }
    }

    pub(super) fn enter(&mut self, message: Message) {
        if self.open == 0 {
            (self.resource_logs, self.has_resource) = (Some(message), false);
        }
        self.open += 1;
    }

    /// The `ResourceLogs` that ends here without a resource.
    fn leave(&mut self, plan: &Plan) -> Option<Message> {
        self.open = self.open.saturating_sub(1);
        let ended = self.resource_logs.filter(|_| self.open == 0)?;
        if let (Some(resources), Some(tenancy)) = (&mut self.resources, &plan.tenancy) {
            resources.end(tenancy, ended);
        }
        (!self.has_resource).then_some(ended)
    }

    /// Takes a place in where the tenant is only looked for; whether that was so.
    #[inline]
    pub(super) fn takes(
        &mut self,
        plan: &Plan,
        group: Option<Group>,
        slots: &[Slot<'_>],
        at: u32,
    ) -> Result<bool, BatchError> {
        let (Some(resources), Some(tenancy)) = (&mut self.resources, &plan.tenancy) else { return Ok(false) };
        match (group, slots) {
            (Some(Group::Resource), _) => resources.resource(tenancy, slots, at)?,
            (None, [slot]) if self.open == 0 && matches!(slot.content, Content::Unknown) => {
                resources.unknown(slot.span())
            }
            _ => {}
        }
        Ok(true)
    }

    /// Whether a value is the tenant.
    fn is_tenant(&self, value: &Value<'_>) -> bool {
        matches!((self.tenant, value), (Some(tenant), Value::String(text)) if tenant.as_str().as_bytes() == *text)
    }
}

impl<'w> Pass<'w> {
    fn tenancy(&self) -> Option<&'w Tenancy> {
        self.plan.tenancy.as_ref()
    }

    /// Marks the attributes of a group that go, so that nothing else sees them; whether there are any.
    pub(super) fn mark_forged(&mut self, group: Group, slots: &[Slot<'_>], ids: &[NameId]) -> Result<bool, BatchError> {
        let Some(tenancy) = self.tenancy() else { return Ok(false) };
        if group == Group::Resource {
            (self.stamp.has_resource, self.stamp.is_stamped) = (true, false);
        }
        self.memory.forged.clear();
        let mut count = 0;
        for (slot, &id) in slots.iter().zip(ids) {
            let is_forged = match &slot.content {
                Content::Attribute(attribute) if self.plan.is_reserved(id, attribute.key) => {
                    let is_stamp = group == Group::Resource
                        && !self.stamp.is_stamped
                        && attribute.key == tenancy.attribute.as_bytes()
                        && self.stamp.is_tenant(&attribute.value);
                    self.stamp.is_stamped |= is_stamp;
                    !is_stamp
                }
                _ => false,
            };
            self.memory.forged.push(is_forged);
            if is_forged {
                if tenancy.forged == Forged::Refuse {
                    return Err(BatchError::refused(slot.span().start as usize, REFUSED));
                }
                count += 1;
            } else if self.stamp.inside.is_none()
                // What repeats was looked into when it came first.
                && !slot.is_repeated
                && !self.is_stamping_alone()
                && self.has_forged_inside(slot, group, id)?
            {
                self.stamp.inside = Some(slot.span().start);
            }
        }
        self.report.counts.forged += count;
        Ok(count > 0)
    }

    /// Decides a slot if that is for the tenant to do.
    pub(super) fn decide_tenant(&mut self, group: Group, slot: &Slot<'_>, id: NameId) -> Result<bool, BatchError> {
        let Some(tenancy) = self.tenancy() else { return Ok(false) };
        match &slot.content {
            Content::Attribute(_) if id == FORGED => {
                self.edits.remove(slot.span());
                return Ok(true);
            }
            // What belongs to a resource does not repeat, and lies where it came first.
            Content::Attribute(attribute) if group == Group::Resource && self.names_tenant(tenancy, attribute) => {
                self.keep(attribute, slot.span())?;
                return Ok(true);
            }
            _ => {}
        }
        if !self.is_stamping_alone() {
            return Ok(false);
        }
        let moved = slot.moved();
        let slot = moved.as_ref().unwrap_or(slot);
        let count = strip(tenancy, self.edits, slot, super::attribute::attributes_field(group))?;
        if count > 0 && tenancy.forged == Forged::Refuse {
            return Err(BatchError::refused(slot.span().start as usize, REFUSED));
        }
        self.report.counts.forged += count;
        Ok(true)
    }

    /// Adds the tenant to the resource that ends here, unless it has it.
    pub(super) fn add_tenant(&mut self) {
        let (Some(tenancy), Some(tenant)) = (self.tenancy(), self.stamp.tenant) else { return };
        if self.stage.tenant && !self.stamp.is_stamped {
            let value = NewValue::String(tenant.as_str().as_bytes());
            let from = self.edits.text.len();
            put_key_value(&mut self.edits.text, resource::ATTRIBUTES, tenancy.attribute.as_bytes(), value);
            self.append_from(from);
        }
    }

    /// Adds a resource with the tenant to the `ResourceLogs` that ends here, if it has none.
    pub(super) fn add_resource(&mut self) {
        let bare = self.stamp.leave(self.plan);
        let (Some(tenancy), Some(tenant), Some(message)) = (self.tenancy(), self.stamp.tenant, bare) else { return };
        if self.stage.tenant {
            let from = self.edits.text.len();
            let value = NewValue::String(tenant.as_str().as_bytes());
            put_resource(&mut self.edits.text, tenancy.attribute.as_bytes(), value);
            self.edits.replace_from(Span { start: message.end, end: message.end }, from);
        }
    }

    /// Whether an attribute of a resource is the one that holds the tenant, or the one that it was read out of.
    fn names_tenant(&self, tenancy: &Tenancy, attribute: &Attribute<'_>) -> bool {
        let is_source = || tenancy.unverified().is_some_and(|name| is_named(attribute.key, name));
        self.stamp.is_tenant(&attribute.value) && (attribute.key == tenancy.attribute.as_bytes() || is_source())
    }

    fn is_stamping_alone(&self) -> bool {
        self.stage.tenant && !self.stage.normalise && !self.stage.redact
    }

    /// Whether a reserved name stands inside a value, or would once normalisation has given it another name.
    fn has_forged_inside(&self, slot: &Slot<'_>, group: Group, id: NameId) -> Result<bool, BatchError> {
        let Some(tenancy) = self.tenancy() else { return Ok(false) };
        let mut edits = Edits::default();
        if strip(tenancy, &mut edits, slot, 0)? > 0 {
            return Ok(true);
        }
        match (&slot.content, self.plan.links(group, id).target) {
            (Content::Attribute(attribute), Some((target, _))) => {
                let mut renamed = *attribute;
                renamed.key = self.plan.name_of(target);
                Ok(strip_attribute(&tenancy.reserved, &mut edits, slot.span(), 0, &renamed)? > 0)
            }
            _ => Ok(false),
        }
    }
}

/// Takes reserved names out of what lies inside a slot's value; how many there were.
fn strip(tenancy: &Tenancy, edits: &mut Edits, slot: &Slot<'_>, number: u32) -> Result<u32, BatchError> {
    match &slot.content {
        Content::Attribute(attribute) => strip_attribute(&tenancy.reserved, edits, slot.span(), number, attribute),
        Content::Body(message, value) => {
            strip_body(&tenancy.reserved, edits, slot.span(), log_record::BODY, (*message, value))
        }
        _ => Ok(0),
    }
}
